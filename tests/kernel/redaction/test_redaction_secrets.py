"""Secrets are found by their provider's form, by what carries them, and by the name they are assigned to.

Every value here is invented and put together at run time, so that no scanner takes this file for a leak.
"""

from __future__ import annotations

import string
import zlib

import pytest

from harmony.kernel.redaction.service import redact

LETTERS = "aB3dE5gH7jK9mN1pQ4rS6tU8vW0xY2zA"
HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
WORD = "Tr0ub4" + "dor&3x"


def token(*parts: str) -> str:
    return "".join(parts)


PROVIDERS = {
    "aws-key": token("AK", "IA", "Q3EGRIKLMNB7XYZ2"),
    "github-token": token("gh", "p_", LETTERS, "Zz09"),
    "github-fine-grained-token": token("github_", "pat_", LETTERS, "_", LETTERS),
    "gitlab-token": token("gl", "pat-", LETTERS[:20]),
    "slack-token": token("xo", "xb-", "123456789012-", LETTERS[:24]),
    "stripe-key": token("sk_", "live_", LETTERS),
    "npm-token": token("np", "m_", LETTERS, "0000"),
    "pypi-token": token("py", "pi-", "AgEIcHlwaS5vcmc", LETTERS, LETTERS),
    "openai-key": token("s", "k-", LETTERS, LETTERS),
    "anthropic-key": token("sk-", "ant-", "api03-", LETTERS, LETTERS),
    "gcp-key": token("AI", "za", LETTERS, "q_7"),
    "sendgrid-key": token("S", "G.", LETTERS[:22], ".", LETTERS, "12345678901"),
    "twilio-key": token("S", "K", HEX),
    "azure-secret": token("bP8", "8Q~", LETTERS, "9x"),
    "jwt": token("ey", "JhbGciOiJIUzI1NiJ9", ".ey", "JzdWIiOiIxMjM0In0", ".", LETTERS),
    "slack-webhook": token("https://hooks.slack", ".com/services/", "T0000000/B0000000/", LETTERS[:24]),
    "vault-token": token("hv", "s.", LETTERS, LETTERS),
    "telegram-token": token("80408994", ":A", LETTERS, "aB"),
}


@pytest.mark.parametrize("label", PROVIDERS)
def test_a_providers_token_is_hidden_wherever_it_stands(label: str) -> None:
    value = PROVIDERS[label]
    for text in (
        value,
        f"using {value} now",
        f'"{value}"',
        f"({value})",
        f"x={value};",
        f"first\n{value}\nlast",
    ):
        plain = redact(text)
        assert value not in plain.text
        assert label in {span.type for span in plain.spans}
        assert text[plain.spans[0].start :].startswith(value[:4]) or label == "telegram-token"


ASSIGNED = token("q7", "Wk2mZ", "x9LpT4vB8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("API_TOKEN=", ""),
        ("export DB_PASSWORD='", "'"),
        ('"client_secret": "', '",'),
        ("apiToken := `", "`"),
        ('"x_token" => "', '"'),
        ('var authToken string = "', '"'),
        ("secret_key: str = '", "'"),
        ('System.setProperty("MY_TOKEN", "', '")'),
        ("deploy --token ", " --verbose"),
        ("deploy --password=", ""),
        ("<apiToken>\n    ", "\n</apiToken>"),
        ('<add key="Password" value="', '" />'),
        ("- name: SERVICE_TOKEN\n  value: ", ""),
        ('{"config.ini": "API_TOKEN=', '\\nDEBUG=true"}'),
        ('{\\"api_key\\": \\"', '\\"}'),
        ("https://example.org/cb?access_token=", "&state=1"),
        ("Server=db;User Id=sa;Password=", ";Encrypt=true"),
        ("X-Api-Key: ", ""),
        ("Authorization: Bearer ", ""),
        ("curl -H 'Authorization: Token ", "' https://example.org"),
        ("PRIVATE-TOKEN: ", ""),
        ("postgres://app:", "@db.example.org:5432/app"),
        ("curl -u someone:", " https://example.org"),
        ("Cookie: theme=dark; session=", ""),
        ("machine example.org login someone password ", ""),
        ("BUNDLE_GEMS__EXAMPLE__COM: someone:", ""),
    ],
)
def test_an_assigned_credential_is_hidden_and_its_name_stays(before: str, after: str) -> None:
    text = f"{before}{ASSIGNED}{after}"
    plain = redact(text).text
    assert ASSIGNED not in plain and ASSIGNED[:8] not in plain
    assert plain.startswith(before.split("=")[0].split(":")[0][:8])
    if after:
        assert plain.endswith(after[-3:])


@pytest.mark.parametrize(
    "text",
    [
        "password = ${DB_PASSWORD}",
        "password: ********",
        "API_TOKEN=xxxxxxxxxxxxxxxx",
        'token: "<your token>"',
        "secret: {{ .Values.secret }}",
        "token: ***",
        "export SIGNING_PASSWORD=[secure]",
        "password = os.environ['DB_PASSWORD']",
        "token = config.get_token(user)",
        "api_key = settings.api_key",
        "server-password: GITHUB_TOKEN",
        "password: required",
        "AUTHORIZATION: basic ***",
        "SyntaxError: Unexpected token '}' in line 3",
        "tests/test_auth.py::TestAuth::test_token_expiry PASSED",
        "copying app/auth.py -> build/lib/app",
        "primaryKey=" + LETTERS,
        "commit " + HEX + "01234567",
        "Cache restored from key: linux-node-" + HEX + HEX,
        "sha256:" + HEX + HEX,
        "checksum=" + HEX,
        "uuid 0f8fad5b-d9cb-469f-a165-70867728950e",
        "persist-credentials: true",
        "secretName: my-app-secret",
        "token_url = https://example.org/oauth/token",
        "AKIA" + "X" * 16,
        "gh" + "p_" + "x" * 36,
        "curl -u user:pass https://example.org",
        'curl -u "$USER:$PASSWORD" https://example.org',
        "docker run -u 1000:1000 image",
        "https://user:${TOKEN}@example.org/",
        "the bearer of bad news, basic instructions follow",
    ],
)
def test_placeholders_code_hashes_and_prose_stay(text: str) -> None:
    assert redact(text).text == text


def key_block(lines: int, end: bool = True, prefix: str = "") -> str:
    body = "\n".join(prefix + (LETTERS * 2) for _ in range(lines))
    kind = token("RSA PRI", "VATE KEY")
    closing = f"\n{prefix}-----END {kind}-----" if end else ""
    return f"{prefix}-----BEGIN {kind}-----\n{body}{closing}"


def test_a_key_over_many_lines_is_one_finding() -> None:
    plain = redact(f"before\n{key_block(20)}\nafter")
    assert plain.text == "before\n[SECRET:private-key:1]\nafter"


def test_a_cut_key_is_hidden_to_its_last_line() -> None:
    plain = redact(f"before\n{key_block(5, end=False)}\n\nBuild finished in 3 s\n")
    assert LETTERS[:8] not in plain.text
    assert plain.text.endswith("Build finished in 3 s\n")


def test_a_key_behind_log_prefixes_and_a_key_on_one_escaped_line_are_hidden() -> None:
    stamped = redact(key_block(4, prefix="2024-05-01T10:00:00.000Z ") + "\nnext").text
    escaped = redact('{"key": "' + key_block(4).replace("\n", "\\n") + '"}').text
    assert LETTERS[:8] not in stamped and stamped.endswith("next")
    assert LETTERS[:8] not in escaped and escaped.endswith('"}')


def test_a_begin_line_without_a_key_stays() -> None:
    text = "-----BEGIN " + "PRIVATE KEY-----\nanything\n-----END " + "PRIVATE KEY-----"
    assert redact(text).text == text


def test_a_kubernetes_secret_loses_its_values_and_a_config_map_keeps_them() -> None:
    manifest = "kind: {kind}\ndata:\n  first: c29tZXRoaW5n\n  second: |\n    ZWxzZSBoZXJl\ntype: Opaque\n"
    secret = redact(manifest.format(kind="Secret")).text
    assert "c29tZXRoaW5n" not in secret and "ZWxzZSBoZXJl" not in secret
    assert "first:" in secret and "type: Opaque" in secret
    plain = manifest.format(kind="ConfigMap")
    assert redact(plain).text == plain


def test_overlapping_findings_become_one_span_over_all_of_them() -> None:
    text = "postgres://someone:" + WORD + "@mail.example.org/db"
    plain = redact(text)
    assert WORD not in plain.text and "3x" not in plain.text
    assert {line.kind for line in plain.report} == {"secret"}
    assert all(a.end <= b.start for a, b in zip(plain.spans, plain.spans[1:], strict=False))


def checksum(body: str) -> str:
    """CRC-32 in six base-62 digits, as GitHub appends it."""
    digits = string.digits + string.ascii_uppercase + string.ascii_lowercase
    number = zlib.crc32(body.encode())
    return "".join(digits[number // 62**place % 62] for place in range(5, -1, -1))


def test_a_checksum_or_a_structure_that_holds_makes_a_finding_certain() -> None:
    body = LETTERS[:30]
    (proven,) = redact(token("gh", "p_", body, checksum(body))).report
    (invented,) = redact(token("gh", "p_", body, checksum(body[::-1]))).report
    (signed,) = redact(PROVIDERS["jwt"]).report
    assert (proven.certain, invented.certain, signed.certain) == (True, False, True)


def test_a_secret_longer_than_a_patterns_bound_is_hidden_to_its_end() -> None:
    value = LETTERS * 60
    plain = redact(f"token={value} end")
    assert plain.text == "token=[SECRET:credential:1] end"


def test_a_report_names_rule_span_and_type_and_never_the_value() -> None:
    text = f"password={ASSIGNED}"
    plain = redact(text)
    (line,) = plain.report
    assert (line.rule, line.kind, line.type) == ("assignment", "secret", "credential")
    assert text[line.start : line.end] == ASSIGNED
    assert line.placeholder == "[SECRET:credential:1]"
    assert ASSIGNED not in repr(plain)
