"""Personal data: what points at a person, told apart from the numbers and paths that every log is full of."""

from __future__ import annotations

from harmony.kernel.redaction.model import Rule, words

SERVICE_ACCOUNTS = words(
    "admin administrator all app appuser appveyor azureuser build builder buildkite-agent builduser centos ci circleci"
    " codespace container default developer distiller docker ec2-user fedora git github gitlab-runner gradle guest"
    " jenkins jovyan linuxbrew local node nobody nonroot postgres public runner runneradmin containeradministrator root"
    " rust sandbox semaphore service share shared ssm-user system tester travis ubuntu user username vagrant vcap vsts"
    " vscode worker workspace www-data name me you youruser your-name xxx"
)
"""Home folders of machines and of examples: nobody's name."""
ROLE_MAILBOXES = words("git hg svn ssh noreply no-reply donotreply do-not-reply postmaster mailer-daemon")
FILE_ENDINGS = words(
    "png jpg jpeg gif svg webp ico js mjs cjs ts tsx jsx css scss less html htm json yml yaml toml xml md rst txt log"
    " py pyc rb go rs java kt class jar war php cs cpp hpp cc sh bat ps so dll dylib exe zip tar gz tgz bz whl lock map"
    " service socket timer target mount slice scope local localdomain internal lan"
)
"""``name@2x.png`` and ``getty@tty1.service`` are no addresses."""
CALLING_WORDS = (
    *("phones?", "tel", "telephone", "mobile", "cell", "fax", "call", "dial", "whatsapp", "sms", "mobil", "telefon"),
)
"""Right before a run of digits without separators: a phone number."""
PHONE_WORDS = (
    *CALLING_WORDS,
    *("call(?:ed|ing)", "ring", "rang", "text", "contact", "reach", "phone number", "my number", "answer(?:ing|ed)?"),
    *("registered", "hotline", "landline", "office", "voicemail", "handy", "me", "my", "us", "home", "work"),
)
"""In the same line as a grouped number: probably a phone number. As patterns."""


def personal_rules() -> tuple[Rule, ...]:
    """Rules for people's data; numbers are found by shape and kept or let go by their check."""
    return (
        Rule("email", "personal", "email", ("@", "%40"),
             r"[\w.+'%\-]{1,64}(?:@|%40)(?:[^\W_](?:[\w\-]{0,62}[^\W_])?\.){1,6}"
             r"(?:[^\W\d_]{2,24}|xn--[a-z0-9\-]{2,40})(?![\w\-])",
             before="._%+-'", check="mailbox"),
        Rule("card", "personal", "card", (), r"(?<![\w.,\-])\d(?:[ \-]?\d){11,18}(?![\w\-]|[.,]\d)", check="luhn_card"),
        Rule("iban", "personal", "iban", (),
             r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \-]?[A-Za-z0-9]{4}){2,7}(?:[ \-]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])",
             check="iban_digits"),
        Rule("phone", "personal", "phone", (),
             r"(?<![\w.,:;/=@#$%&*\-+])(?:\+|\(\+?)?\d[\d ().\-/]{5,22}\d(?![\w:%]|[.,/\-]\d)",
             check="phone_number"),
        Rule("us-ssn", "personal", "us-ssn", (), r"(?<![\w.\-])\d{3}-\d{2}-\d{4}(?![\w.\-])", check="social_security"),
        Rule("ipv4", "personal", "ip", (), r"(?<![\w.\-])(?:\d{1,3}\.){3}\d{1,3}(?![\w\-]|\.\w)", check="ipv4_address"),
        Rule("ipv6", "personal", "ip", (),
             r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}(?=:)|(?=::))[0-9A-Fa-f:]{3,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])",
             check="ipv6_address"),
        Rule("home-folder", "personal", "user", ("/home/", "/users/"),
             r"(?:(?<![\w.])|(?<=/[A-Za-z]))/(?:home|Users)/([^\s/\\:\"'<>|*?$&;,()\[\]{}=`!#@]{1,64})", 1,
             check="person_folder"),
        Rule("home-folder-windows", "personal", "user", ("users\\", "settings\\", "users/"),
             r"(?:(?<=[A-Za-z]:/)|(?<=\\))(?i:users|documents and settings)[\\/]{1,2}"
             r"([^\\/:*?\"<>|\r\n\t\[\]{}$%;,()'`!#@=]{1,64})(?=[\\/\"'\s]|$)",
             1, before=" ", reach=23, check="person_folder"),
    )  # fmt: skip
