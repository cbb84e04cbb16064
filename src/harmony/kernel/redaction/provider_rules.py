"""Formats that providers give to their tokens, one row each: id, keywords, pattern.

The label of a placeholder is the rule's id. Every row begins at a fixed mark that the provider put there, so a row
needs no context. Upper bounds are generous on purpose: a token that grew is hidden whole. Lower bounds are a little
below the provider's, so that a cut token is hidden too.
"""

from __future__ import annotations

from harmony.kernel.redaction.model import Rule

_W = "[A-Za-z0-9]"
_D = r"[A-Za-z0-9_\-]"
_H = "[A-Fa-f0-9]"
_UUID = "[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}"

PREFIXED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("1password-secret-key", ("a3-",), r"A3-[A-Z0-9]{6}-[A-Z0-9\-]{20,40}"),
    ("1password-token", ("ops_eyj",), r"ops_eyJ[A-Za-z0-9+/_\-]{40,4000}={0,3}"),
    ("adafruit-key", ("aio_",), rf"aio_{_W}{{24,40}}"),
    ("adobe-secret", ("p8e-",), rf"p8e-{_W}{{32}}"),
    ("age-key", ("age-secret-key-1",), r"AGE-SECRET-KEY-1[A-Z0-9]{20,80}"),
    ("airtable-token", ("pat",), rf"pat{_W}{{14}}\.{_H}{{48,80}}"),
    ("alibaba-key", ("ltai",), rf"LTAI{_W}{{12,30}}"),
    ("anthropic-key", ("sk-ant-",), rf"sk-ant-{_D}{{20,240}}"),
    ("artifactory-key", ("akcp",), rf"AKCp{_W}{{50,100}}"),
    ("artifactory-token", ("cmvmd",), rf"cmVmd{_W}{{50,80}}"),
    ("atlassian-token", ("atatt3", "atctt3", "atbb"), r"AT(?:ATT3|CTT3|BB)[A-Za-z0-9_\-=]{20,300}"),
    ("authress-key", ("sc_", "ext_", "scauth_", "authress_"),
     rf"(?:sc|ext|scauth|authress)_{_W}{{5,30}}\.{_W}{{4,6}}\.acc[_\-]{_D}{{10,32}}\.[A-Za-z0-9+/_=\-]{{30,120}}"),
    ("aws-key", ("akia", "asia", "abia", "acca", "agpa", "aida", "aroa", "aipa", "anpa", "anva"),
     r"(?:A(?:KIA|SIA|BIA|CCA|GPA|IDA|ROA|IPA|NPA|NVA))[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("aws-bedrock-key", ("absk",), r"ABSK[A-Za-z0-9+/]{100,300}={0,2}"),
    ("aws-bedrock-short-key", ("bedrock-api-key-",), r"bedrock-api-key-[A-Za-z0-9+/=%_\-]{20,4000}"),
    ("buildkite-token", ("bkua_", "bkat_", "bkct_"), rf"bk(?:ua|at|ct)_{_W}{{30,120}}"),
    ("circleci-token", ("ccipat_", "ccipra"), rf"CCIP(?:AT|RAT)_{_W}{{10,40}}_{_W}{{30,80}}"),
    ("clickhouse-key", ("4b1d",), rf"4b1d{_W}{{38}}(?!{_W})"),
    ("clojars-token", ("clojars_",), rf"CLOJARS_{_W}{{40,80}}"),
    ("cloudflare-origin-key", ("v1.0-",), rf"v1\.0-{_H}{{24}}-{_H}{{100,160}}"),
    ("contentful-token", ("cfpat-",), rf"CFPAT-{_D}{{30,60}}"),
    ("databricks-token", ("dapi",), rf"dapi{_H}{{32}}(?:-\d{{1,2}})?"),
    ("defined-networking-key", ("dnkey-",), r"dnkey-[A-Za-z0-9_=\-]{20,120}"),
    ("digitalocean-token", ("dop_v1_", "doo_v1_", "dor_v1_"), rf"do[opr]_v1_{_H}{{40,80}}"),
    ("docker-token", ("dckr_",), rf"dckr_(?:pat|oat)_{_D}{{20,60}}"),
    ("doppler-token", ("dp.",), rf"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_\-]{{1,40}}\.)?{_W}{{40,60}}"),
    ("dropbox-token", ("sl.",), r"sl\.(?:u\.)?[A-Za-z0-9_=\-]{60,2000}"),
    ("duffel-token", ("duffel_",), r"duffel_(?:test|live)_[A-Za-z0-9_\-=]{30,60}"),
    ("dynatrace-token", ("dt0",), r"dt0[a-z]\d{2}\.[A-Za-z0-9]{8,32}\.[A-Za-z0-9]{40,90}"),
    ("easypost-key", ("ezak", "eztk"), rf"EZ[AT]K{_W}{{54}}"),
    ("facebook-page-token", ("eaa",), rf"EAA[MCABDEFGHIJKLNO]{_D}{{56,1000}}"),
    ("figma-token", ("figd_", "figo", "figu"), rf"fig(?:d|o[rh]?|u[rh]?)_{_D}{{30,60}}"),
    ("firebase-server-key", ("aaaa",), rf"AAAA{_D}{{7}}:{_D}{{130,180}}"),
    ("flutterwave-key", ("flwpubk", "flwseck"), rf"FLW(?:PUB|SEC)K(?:_(?:TEST|LIVE))?-{_W}{{10,40}}(?:-X)?"),
    ("fly-token", ("fo1_", "fm1", "fm2_"),
     r"(?:fo1_[A-Za-z0-9_\-]{40,60}|fm1[ar]_[A-Za-z0-9+/_\-]{80,2000}={0,3}|fm2_[A-Za-z0-9+/_\-]{80,2000}={0,3})"),
    ("frameio-token", ("fio-u-",), r"fio-u-[A-Za-z0-9_=\-]{50,90}"),
    ("gcp-key", ("aiza",), rf"AIza{_D}{{35}}"),
    ("gcp-oauth-secret", ("gocspx-",), rf"GOCSPX-{_D}{{20,40}}"),
    ("gcp-oauth-token", ("ya29.",), r"ya29\.[A-Za-z0-9._\-]{30,2000}"),
    ("gcp-refresh-token", ("1//0",), rf"1//0{_D}{{40,200}}"),
    ("github-fine-grained-token", ("github_pat_",), r"github_pat_[A-Za-z0-9_]{40,255}"),
    ("gitlab-token", ("glpat-", "gldt-", "glrt-", "glrtr-", "glptt-", "glft-", "glimt-", "glagent-", "gloas-",
      "glcbt-", "glsoat-", "glffct-", "glwt-"),
     r"gl(?:pat|dt|rtr?|ptt|ft|imt|agent|oas|cbt|soat|ffct|wt)-[A-Za-z0-9_.=\-]{18,400}"),
    ("gitlab-runner-token", ("gr1348941",), rf"GR1348941{_D}{{18,40}}"),
    ("gitlab-session", ("_gitlab_session",), r"_gitlab_session=[A-Za-z0-9]{20,80}"),
    ("grafana-key", ("eyjrijoi", "glc_", "glsa_"),
     (r"(?:eyJrIjoi[A-Za-z0-9+/]{50,500}={0,3}|glc_[A-Za-z0-9+/]{28,500}={0,3}"
      r"|glsa_[A-Za-z0-9]{28,40}_[A-Fa-f0-9]{8})")),
    ("groq-key", ("gsk_",), rf"gsk_{_W}{{40,80}}"),
    ("harness-key", ("pat.", "sat."), rf"[ps]at\.{_D}{{18,30}}\.{_W}{{20,30}}\.{_W}{{16,30}}"),
    ("heroku-key", ("hrku-",), rf"HRKU-{_D}{{30,80}}"),
    ("hubspot-token", ("pat-na", "pat-eu"), rf"pat-(?:na|eu)\d-{_UUID}"),
    ("huggingface-token", ("hf_", "api_org_"), rf"(?:hf_|api_org_){_W}{{30,60}}"),
    ("infracost-key", ("ico-",), rf"ico-{_W}{{32}}(?!{_W})"),
    ("intra42-secret", ("s-s4t2",), rf"s-s4t2(?:ud|af)-{_H}{{40,80}}"),
    ("jwt", ("eyj",),
     (r"eyJ[A-Za-z0-9_\-+/]{14,4000}={0,2}\.(?:eyJ)?[A-Za-z0-9_\-+/]{10,16000}={0,2}(?:"
      r"\.[A-Za-z0-9_\-+/]{0,4000}={0,2})?")),
    ("langsmith-key", ("lsv2_",), rf"lsv2_(?:pt|sk)_{_W}{{30,40}}_{_W}{{8,12}}"),
    ("launchdarkly-key", ("api-", "sdk-", "mob-"), rf"(?:api|sdk|mob)-{_UUID}"),
    ("linear-key", ("lin_api_", "lin_oauth_", "lin_wh_"), rf"lin_(?:api|oauth|wh)_{_W}{{30,80}}"),
    ("lob-key", ("live_", "test_"), rf"(?:live|test)_(?:pub_)?{_H}{{31,40}}(?!{_W})"),
    ("mailgun-key", ("key-", "pubkey-"), rf"(?:pub)?key-{_H}{{32}}(?!{_W})"),
    ("mapbox-token", ("pk.", "sk.", "tk."), rf"[pst]k\.{_D}{{50,120}}\.{_D}{{20,24}}"),
    ("netlify-token", ("nfp_",), rf"nfp_{_W}{{30,50}}"),
    ("new-relic-key", ("nrak-", "nrjs-", "nrii-", "nrra-", "nriq-", "nraa-"),
     rf"NR(?:AK|JS|II|RA|IQ|AA)-{_D}{{16,60}}"),
    ("notion-token", ("ntn_",), rf"ntn_{_W}{{40,60}}"),
    ("npm-token", ("npm_",), rf"npm_{_W}{{30,80}}"),
    ("nuget-key", ("oy2",), r"oy2[a-z0-9]{43}(?![A-Za-z0-9])"),
    ("nvidia-key", ("nvapi-",), rf"nvapi-{_D}{{50,90}}"),
    ("octopus-key", ("api-",), r"API-[A-Z0-9]{25,34}(?![A-Za-z0-9])"),
    ("openai-key", ("sk-",), r"sk-(?:proj-|svcacct-|admin-|None-|or-v1-|lf-)?[A-Za-z0-9_\-]{32,240}"),
    ("openshift-token", ("sha256~",), rf"sha256~{_D}{{40,48}}"),
    ("perplexity-key", ("pplx-",), rf"pplx-{_W}{{40,60}}"),
    ("pinecone-key", ("pcsk_",), rf"pcsk_{_D}{{40,90}}"),
    ("plaid-token", ("access-",), rf"access-(?:sandbox|development|production)-{_UUID}"),
    ("planetscale-secret", ("pscale_",), r"pscale_(?:tkn|pw|oauth|uid|otkn)_[A-Za-z0-9_.=\-]{28,70}"),
    ("posthog-key", ("phc_", "phx_", "phs_"), rf"ph[cxs]_{_D}{{36,60}}"),
    ("postman-key", ("pmak-",), rf"PMAK-{_H}{{20,28}}-{_H}{{30,40}}"),
    ("prefect-key", ("pnu_", "pnb_"), rf"pn[ub]_{_W}{{32,40}}"),
    ("pulumi-token", ("pul-",), rf"pul-{_H}{{36,44}}"),
    ("pypi-token", ("pypi-a",), rf"pypi-A{_D}{{40,1000}}"),
    ("readme-key", ("rdme_",), rf"rdme_{_W}{{60,80}}"),
    ("replicate-token", ("r8_",), rf"r8_{_W}{{36,42}}"),
    ("rubygems-key", ("rubygems_",), rf"rubygems_{_H}{{40,60}}"),
    ("scalingo-token", ("tk-us-",), rf"tk-us-{_D}{{40,56}}"),
    ("sendgrid-key", ("sg.",), r"SG\.[A-Za-z0-9_=\-.]{50,80}"),
    ("sendinblue-key", ("xkeysib-", "xsmtpsib-"), rf"x(?:key|smtp)sib-{_H}{{50,70}}-{_W}{{12,24}}"),
    ("sentry-token", ("sntrys_", "sntryu_", "sntryi_"), r"sntry[sui]_[A-Za-z0-9+/=_\-]{40,1000}"),
    ("settlemint-token", ("sm_pat_", "sm_aat_", "sm_sat_"), rf"sm_[pas]at_{_W}{{14,24}}"),
    ("shippo-token", ("shippo_",), rf"shippo_(?:live|test)_{_H}{{36,44}}"),
    ("shopify-token", ("shpat_", "shpca_", "shppa_", "shpss_", "shptka_"), rf"shp(?:at|ca|pa|ss|tka)_{_H}{{30,40}}"),
    ("slack-token", ("xox", "xapp-"), r"(?:xox[abcdeoprs](?:\.xox[bp])?-|xapp-)[A-Za-z0-9\-]{10,400}"),
    ("sonar-token", ("sqp_", "squ_", "sqa_", "sqb_"), rf"sq[puab]_{_W}{{36,44}}"),
    ("sourcegraph-token", ("sgp_", "slk_"), rf"(?:sgp_(?:local_|{_H}{{16}}_)?|slk_){_H}{{40,64}}"),
    ("square-token", ("sq0",), r"sq0[a-z]{3}-[A-Za-z0-9_\-]{22,64}"),
    ("stripe-key", ("sk_", "rk_", "pk_live", "whsec_"),
     rf"(?:[rs]k_(?:live|test|prod)_|pk_live_|whsec_){_W}{{10,250}}"),
    ("supabase-token", ("sbp_", "sb_secret_"), rf"(?:sbp|sb_secret)_{_D}{{28,60}}"),
    ("tailscale-key", ("tskey-",), rf"tskey-[a-z]{{3,12}}-{_D}{{12,80}}"),
    ("teams-webhook", ("webhook.office.com/",), r"webhook\.office\.com/webhookb2/[A-Za-z0-9@/\-]{40,240}"),
    ("terraform-token", (".atlasv1.",), rf"{_W}{{10,20}}\.atlasv1\.[A-Za-z0-9_=\-]{{40,100}}"),
    ("twilio-key", ("sk", "ac"), rf"(?:SK|AC){_H}{{32}}(?!{_W})"),
    ("twitter-bearer", ("aaaaaaaaaaaaaaaaaaaaaa",), r"A{21,24}[A-Za-z0-9%]{70,140}"),
    ("typeform-token", ("tfp_",), r"tfp_[A-Za-z0-9_.=\-]{40,80}"),
    ("vault-token", ("hvs.", "hvb.", "hvr."), rf"hv[sbr]\.{_D}{{22,500}}"),
    ("vault-legacy-token", ("s.",), rf"s\.{_W}{{24}}(?![A-Za-z0-9_.\-])"),
    ("xai-key", ("xai-",), rf"xai-{_D}{{60,100}}"),
    ("yandex-token", ("t1.",), r"t1\.[A-Z0-9a-z_\-]{5,300}={0,2}\.[A-Z0-9a-z_\-]{60,120}={0,2}"),
    ("yandex-key", ("aqvn", "yca", "yce"), rf"(?:AQVN{_D}{{30,44}}|YC[A-Z]{_D}{{34,44}})(?![A-Za-z0-9_\-])"),
)  # fmt: skip

CHECKSUMMED: tuple[Rule, ...] = (
    Rule(
        "github-token",
        "secret",
        "github-token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        r"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}",
        proof="base62_crc32",
    ),
)

AROUND: tuple[Rule, ...] = (
    # The mark stands in the middle or at the end, so what runs before it belongs to the token.
    Rule("azure-client-secret", "secret", "azure-secret", ("q~",),
         r"(?<![A-Za-z0-9_~.\-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.\-]{31,34}(?![A-Za-z0-9_~.\-])",
         before="_~.", reach=4),
    Rule("mailchimp-key", "secret", "mailchimp-key", ("-us",),
         r"(?<![A-Za-z0-9])[a-f0-9]{32}-us\d{1,2}(?!\d)", before="", reach=32),
    Rule("maxmind-key", "secret", "maxmind-key", ("_mmk",),
         r"(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk", before="_", reach=36),
    Rule("mailgun-signing-key", "secret", "mailgun-key", (),
         r"(?<![A-Za-z0-9])[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}(?![a-f0-9\-])"),
    Rule("telegram-token", "secret", "telegram-token", (":a",),
         r"(?<![A-Za-z0-9])\d{5,16}:A[A-Za-z0-9_\-]{33,36}(?![A-Za-z0-9_\-])", before="", reach=16),
    Rule("discord-token", "secret", "discord-token", (),
         r"(?<![A-Za-z0-9_.\-])[MNO][A-Za-z0-9_\-]{23,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{27,40}(?![A-Za-z0-9_.\-])",
         check="credible_token"),
    Rule("facebook-app-token", "secret", "facebook-token", ("|", "%7c"),
         r"(?<![A-Za-z0-9])\d{15,16}(?:\||%7[cC])[A-Za-z0-9_\-]{27,40}", before="", reach=16),
    Rule("slack-webhook", "secret", "slack-webhook", ("hooks.slack.com/",),
         r"(?<![A-Za-z0-9])(?:https?://)?hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/_\-]{20,120}",
         before=":/", reach=8),
    Rule("sumologic-id", "secret", "sumologic-id", ("sumo",),
         r"[Ss][Uu][Mm][Oo][\w.\- ]{0,24}[\"']?\s{0,4}[:=]\s{0,4}[\"']?(su[A-Za-z0-9]{12})(?![A-Za-z0-9])", group=1),
)  # fmt: skip


WORD_START = r"(?<![A-Za-z0-9])"
"""A token may follow a path or an underscore, never a letter or digit."""


def provider_rules() -> tuple[Rule, ...]:
    """All of them as rules."""
    prefixed = (
        Rule(
            name,
            "secret",
            name,
            keywords,
            WORD_START + pattern,
            before="" if name == "terraform-token" else None,
        )
        for name, keywords, pattern in PREFIXED
    )
    proven = (rule._replace(proof="jwt_structure") if rule.id == "jwt" else rule for rule in prefixed)
    return (*proven, *CHECKSUMMED, *AROUND)
