"""Secrets known by what carries them: assignments, headers, URLs, command lines, key files, manifests."""

from __future__ import annotations

from harmony.kernel.redaction.model import LAST_GROUP, Rule, words

PASSWORD_WORDS = words("password passwd passwort passphrase passcode pwd pass pw psw userpass dbpass")
TOKEN_WORDS = words(
    "token tokens secret secrets apikey apitoken accesstoken authtoken accesskey secretkey privatekey authkey creds"
    " credential credentials jwt bearer webhook sas pat cookie sessionid accountkey sharedaccesskey appkey licensekey"
    " encryptionkey signingkey masterkey clientsecret apisecret accountsecret auth passkey"
)
KEY_QUALIFIERS = words(
    "api access auth private secret signing encryption master service account shared client admin license licence"
    " deploy storage session consumer app application developer dev user subscription webhook write ingest ssh hmac"
    " crypt crypto cipher aes django rails jwt token integration project server bot db database connection"
)
"""Before ``key``, these make it a key that opens something."""
PROVIDERS = words(
    "adafruit adobe airtable algolia alibaba aliyun anthropic artifactory asana atlassian aws azure beamer bintray"
    " bitbucket bitrise bittrex buildkite circleci clearbit clickhouse cloudflare cloudinary codacy codecov cohere"
    " coinbase confluence confluent contentful coveralls databricks datadog deepgram deepseek digitalocean discord"
    " docker doppler droneci dropbox dynatrace elastic elasticsearch etsy facebook fastly figma finicity finnhub"
    " firebase flickr fly foursquare freshbooks gcp gemini ghost github gitlab gitter gocardless google grafana groq"
    " harness hashicorp heroku honeycomb hubspot huggingface ibm infracost intercom jenkins jfrog jira jumpcloud"
    " kraken kucoin launchdarkly linear linkedin lob logzio looker mailchimp mailgun mapbox mattermost maxmind meraki"
    " messagebird mistral mixpanel mongodb nasa netlify newrelic notion npm nuget nytimes octopus okta onesignal"
    " openai openweather opsgenie pagerduty paypal pendo perplexity pinecone plaid planetscale postman postmark"
    " privateai pulumi pusher pypi quay rapidapi razorpay readme replicate rollbar rubygems salesforce scalingo segment"
    " sendbird sendgrid sendinblue sentry shodan shopify sidekiq slack snowflake snyk sonar sonarcloud sonarqube"
    " sourcegraph splunk square squarespace stripe sumologic supabase tailscale telegram terraform tiktok travis"
    " travisci trello twilio twitch twitter typeform uploadcare vercel vonage vultr weather xray yandex zapier zendesk"
    " zoom contribsys"
)
"""A random value under one of these names is taken for a credential; under another name it is a hash or an id."""
NOT_A_VALUE = words(
    "url uri urls endpoint host hostname name names type types id ids identifier path paths file files filename dir"
    " directory folder length len size sizes count counts limit limits expiry expires expiration expire ttl timeout"
    " version format field fields header headers param params prefix suffix regex regexp pattern env variable var label"
    " store manager provider class handler helper required enabled disabled valid validity policy status scope scopes"
    " algorithm alg method mode source location permission permissions chars index kind ref hint placeholder callback"
    " event hash fingerprint issuer audience usage cost budget encoding generator validator parser min max ring size"
    " algo schema strategy prompt message error errors screen page view button text title description down up press"
    " pressed code codes board words selector tab spec info data set map binding bindings meshing signatures"
)
"""As the last word of a name: the value describes the secret and is not it."""
NOT_SECRET = words(
    "public pub primary foreign cache sort partition unique row column hot monkey turkey keyboard keyframe tokenizer"
    " tokenize author authors authority csp sha checksum integrity digest etag restore idempotency dedup"
    " routing object bucket group natural surrogate lookup next unexpected expected invalid illegal"
)
"""Anywhere in a name: what follows is meant to be seen."""

_QUOTED = (
    r"(?:[bBrRuUfF@$](?=[\"']))?(?:"
    r'"((?:[^"\\\n]|\\[^\n]){1,256})'
    r"|'((?:[^'\\\n]|\\[^\n]){1,256})"
    r"|`([^`\n]{1,256})"
    r'|\\{1,3}"([^"\\\n]{1,256})'
    r"|\\{1,3}'([^'\\\n]{1,256})"
)
_BARE = (
    r"((?:[^\s\"'`,;<>\\&(){}]|[,;](?![\s\"'`]|$|[\w.\-]{1,40}[=:])|\\(?![nrt\"'`\\])|[<({](?=\S)"
    r"|&(?!&|[\w.\-]{0,40}=)(?=\S)"
    r"|[>)}](?=[^\s,;.)\"'])){1,256})"
)
_OPERATOR = (
    r"(?:[\"'`\])\\]{0,4}"
    r"(?:\s{0,3}(?::\s{0,2})?[A-Za-z&*\[\]<>?.]{1,24}(?=\s{1,3}:?=)|)"
    r"[ \t]{0,8}(?:=>|->|:{1,3}=|[?+.|]=|={1,3}|\|\|:|:(?!:))[ \t]{0,8}(?:\r?\n[ \t]{0,40}(?=[\"']))?"
    r"|[\"']\s{0,2},\s{0,4}(?=[\"'])"
    r"|>\s{0,60}(?!<)"
    r"|[\"']?[\s,]{1,40}[\"']?(?:[Vv]alue|val|VALUE|secret_value|default)[\"']?\s{0,3}[=:]\s{0,3}"
    r"|(?<=[A-Za-z0-9])[ ]{1,3}(?=[^\s=:>,]))"
)

ASSIGNMENT_KEYWORDS = (
    "password", "passwd", "passwort", "passphrase", "passcode", "pwd", "pass", "secret", "token", "apikey", "key",
    "auth", "creds", "credential", "jwt", "cookie", "webhook", "login", "_pat", "_pw", "sharedaccesskey", "contribsys",
)  # fmt: skip

_NAME = r"([\w.\-\[]{1,160}+)"


def carrier_rules() -> tuple[Rule, ...]:
    """Rules that need to look at what stands around a value."""
    return (
        Rule("assignment", "secret", "credential", ASSIGNMENT_KEYWORDS, _NAME + _OPERATOR + f"(?:{_QUOTED}|{_BARE}))",
             LAST_GROUP, before="_.-", check="assigned_credential"),
        Rule("provider-assignment", "secret", "credential", tuple(sorted(PROVIDERS)),
             _NAME + _OPERATOR + f"(?:{_QUOTED}|{_BARE}))", LAST_GROUP, before="_.-", check="assigned_provider_key"),
        Rule("private-key", "secret", "private-key", ("-----begin ",),
             r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----", check="", finder="private_key_block"),
        Rule("putty-private-key", "secret", "private-key", ("private-lines:",), r"[Pp]rivate-[Ll]ines:",
             check="", finder="private_key_block"),
        Rule("kubernetes-secret", "secret", "kubernetes-secret", ("data:",), r"(?:string)?[dD]ata:(?=[ \t\r]{0,40}\n)",
             before="", reach=8, check="", finder="kubernetes_secret_data"),
        Rule("url-credentials", "secret", "url-credentials", ("://",),
             r"://([^\s/:@\"'<>`]{0,128}:[^\s/@\"'<>`]{1,256})@", 1, check="url_password"),
        Rule("url-token", "secret", "url-credentials", ("://",), r"://([A-Za-z0-9_\-.~%]{16,256})@", 1,
             check="random_value"),
        Rule("url-password-with-slash", "secret", "url-credentials", ("://",),
             r"://([^\s/:@\"'<>`]{1,64}:[^\s@\"'<>`?#]{1,256})@[\w.\-]{1,80}(?::\d{1,5})?/", 1, check="url_password"),
        Rule("signed-url", "secret", "url-signature", ("sig=", "signature=", "x-amz-", "x-goog-"),
             r"(?:sig|[sS]ignature|X-(?:Amz|Goog)-(?:Signature|Security-Token|Credential))="
             r"([A-Za-z0-9%+/_\-~]{16,512}={0,2})", 1, before="", reach=4, check="random_value"),
        Rule("authorization-header", "secret", "authorization", ("authorization",),
             r"(?i:authorization)[\"'\]\\]{0,4}\s{0,3}[:=,]\s{0,3}[\"'\\]{0,3}"
             r"(?:[A-Za-z][A-Za-z0-9\-]{1,24}(?:[ \t]{1,3}|%20))?([^\s\"'<>,;`\\]{6,4096})", 1,
             check="credible_header"),
        Rule("bearer", "secret", "authorization", ("bearer ", "bearer%20", "flyv1 "),
             r"(?:[Bb]earer|BEARER|FlyV1)(?:[ ]{1,3}|%20)([A-Za-z0-9._~+/=\-|:]{12,4096})", 1, check="credible_header"),
        Rule("basic-authorization", "secret", "authorization", ("basic ",),
             r"[Bb]asic[ ]{1,3}([A-Za-z0-9+/_\-]{12,1024}={0,2})(?![A-Za-z0-9])", 1, check="basic_credentials"),
        Rule("cookie-header", "secret", "cookie", ("cookie:", "cookie\":", "cookie':"),
             r"(?i:(?:set-)?cookie)[\"']?:[ \t]{0,3}[\"']?([^\n\"']{8,1024})", 1, check="cookie_pairs"),
        Rule("curl-user", "secret", "user-password", (" -u", " --user", " --proxy-user"),
             r" (?:-u|--user|--proxy-user)(?:[ =]{0,3})"
             r"(?:(\"[^\"\n]{1,64}\":\"[^\"\n]{1,256}\")"
             r"|\"([^\"\n]{0,64}:[^\"\n]{0,256})\"|'([^'\n]{0,64}:[^'\n]{0,256})'"
             r"|([^\s\"':]{0,64}:(?:\"[^\"\n]{1,256}\"|'[^'\n]{1,256}'|[^\s\"']{1,256})))", LAST_GROUP,
             check="curl_credentials"),
        Rule("bundler-host", "secret", "user-password", ("bundle_",),
             r"BUNDLE_[A-Z0-9_]{3,80}__[A-Z]{2,8}[\"']?\s{0,2}[:=]\s{0,2}[\"']?([^\s\"':;&]{1,100}:[^\s\"';&]{1,100})",
             1, before="_", check="url_password"),
        Rule("sshpass", "secret", "password", ("sshpass ",), r"sshpass[ ]{1,3}-p[ ]{0,2}[\"']?([^\s\"']{1,128})", 1,
             check="password_argument"),
        Rule("login-command", "secret", "password", (" login ",),
             r" login (?:[^\n|;&]{0,200}[ ])?-p[ =][\"']?([^\s\"']{4,256})", 1, check="password_argument"),
        Rule("mysql-password", "secret", "password", ("mysql", "mariadb"),
             r"(?:mysql|mariadb)(?:dump|admin)?[ ](?:[^\n|;&]{0,200}[ ])?-p([^\s\"'\-]{4,128})", 1,
             check="password_argument"),
        Rule("netrc", "secret", "password", ("machine ",),
             r"machine[ \t]{1,4}\S{1,128}\s{1,8}login[ \t]{1,4}\S{1,128}\s{1,8}password[ \t]{1,4}(\S{1,256})", 1,
             check="password_argument"),
    )  # fmt: skip
