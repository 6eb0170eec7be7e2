"""Ways to reach a person or a machine: e-mail, telephone, network and postal addresses, secrets."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from safety.text.found import Found, near
from safety.text.quantities import is_quantity, is_row

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}\b",
    re.ASCII,
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)", re.ASCII)
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])", re.ASCII)
_MAC = re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])", re.ASCII)
_VERSION = re.compile(r"(?:\bv|version|release|section|§|chapter|build|firmware|版本)\W{0,3}$")
_DOCUMENTATION = tuple(
    ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
)
_PUBLIC_SERVERS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "4.2.2.2"})

_DIGITS = re.compile(
    r"(?<![\w.,/:@-])(?<!\w\()(?:\+|00)?\(?\d(?:[ ().\u00a0/-]{0,3}\d){5,16}(?![\w@]|[.,:]\d)",
    re.ASCII,
)
_LOCAL = re.compile(r"(?<![\w.,/:-])[2-9]\d{2}[-.]\d{4}(?![\w]|[-.]\d)", re.ASCII)
_CALL = re.compile(
    r"\b(?:call\w*|phone\w*|tele\w*|tel|mobile|cell\w*|ring\w*|rang|text|dial|fax|whatsapp|sms|"
    r"contact|reach|try|hotline|landline|number(?! of)(?: is)?|ph|hand ?y|"
    r"tél|téléphone|appele[zr]?|llam\w{1,3}|móvil|ligue|ligar|celular|ruf\w*|anruf\w*|chiam\w+)\b"
    r"|打|电话|手机|号码|致电|联系|電話|携帯|連絡"
)
_NOT_CALL = re.compile(
    r"(?:\b(?:part|model|order|page|room|item|isbn|issn|code|version|flight|article|ref\w*|ticket|"
    r"invoice|serial|sku|tracking|case|passport|account|id|year|from|score|between|lot|batch|"
    r"version|patent|zip|postcode)\b(?: (?:number|no\.?|is|nr\.?))*|[#№$€£¥])\W{0,3}$"
)
_DATE = re.compile(
    r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|"
    r"(?:1[89]|20)\d\d ?[-/] ?(?:1[89]|20)\d\d)(?:[ T].*)?$"
)
_STREET = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Boulevard|Blvd|Way|Place|Pl|"
    r"Square|Sq|Terrace|Crescent|Highway|Hwy|Parkway|Pkwy|Circle|Row|Gardens|Grove|Hill|Quay"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]? (?:[A-Z][\w'.-]+ ){{1,3}}(?:{_STREET})\b\.?"
    r"(?:,? (?:Apt|Unit|Suite|Flat|Apartment|#)\.? ?[\w-]+)?"
    r"(?:, [A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})?(?:,? [A-Z]{2}\b)?(?:,? \d{5}(?:-\d{4})?\b)?"
    r"|\b[A-Z][\w-]+(?:straße|strasse|weg|gasse|allee|platz) \d{1,4}[a-z]?\b"
    r"(?:, \d{4,5} [A-Z][\w-]+)?"
    r"|\b\d{1,4}[a-z]?,? [A-Z][\w-]+(?:straße|strasse|weg|gasse|allee|platz)\b(?:, [A-Z][\w-]+)?"
    r"|\b(?:P\.? ?O\.? Box|Post Box) \d{1,6}\b"
    r"|\b\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|impasse|chemin|allée|quai|cours)"
    r" [^\n,.;\d]{2,40}(?:, \d{5} [A-ZÀ-Ü][\w-]+)?"
    r"|\b(?:Calle|C/|Avenida|Avda\.?|Av\.|Plaza|Paseo|Rua|Travessa|Praça|Alameda|Via|Viale|Piazza|"
    r"Corso) [A-ZÀ-Ü][^\n,.;\d]{1,30},? (?:n[º°.] ?)?\d{1,5}\b"
    r"(?:, (?:\d{5} )?[A-ZÀ-Ü][\w-]+(?: [A-ZÀ-Ü][\w-]+)?)?"
    r"|[\u4e00-\u9fff]{2,3}[都道府県][\u4e00-\u9fff]{1,8}[市区町村][\u4e00-\u9fff\u3041-\u30f6]{0,10}"
    r"\d{1,4}(?:(?:-|丁目|番地?|号){1,2}\d{0,4}){0,4}"
    r"|[\u4e00-\u9fff]{2,8}(?:市|区|县)[\u4e00-\u9fff]{1,12}(?:路|街|巷|道|胡同)\d{1,5}号"
    r"(?:\d{1,4}(?:号楼|栋|单元|室))*"
)
_HOME = re.compile(
    r"\b(?:live\w*|living|home|house|address\w*|deliver\w*|reside\w*|residence|ship\w*|mail|send|"
    r"parcel|moved|visit|stays?|flat|apartment|wohn\w+|anschrift|adresse|habit\w+|domicil\w+|viv[oe]|"
    r"dirección|mor[oa]|endereço|abit[oa]|indirizzo)\b|住|地址|家|寄"
)
_LEAD = re.compile(r"[^市区县都道府県\d]{0,6}[住在于是到]")
_BORN = re.compile(
    r"(?:\b(?:born|birth ?day|birth ?date|date of birth|dob|d\.o\.b\.?|"
    r"geboren|geburts\w+|geb|née?|naissance|nacid[oa]|nacimiento|nascid[oa]|nascimento|"
    r"nat[oa] il)\b\.?|出生|生日|生年月日|誕生日)[^.\d\n]{0,20}?"
    r"(\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}|\d{1,2}(?:\.|er|º)? (?:de )?[a-zéûäç]{3,10} (?:de )?\d{4}|"
    r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|"
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:of )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4})",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bsk-[A-Za-z0-9_-]{20,}|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\bxox[baprs]-[A-Za-z0-9-]{10,}|\bAIza[\w-]{35}|\bhf_[A-Za-z0-9]{30,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]{0,5000}?-----END [A-Z ]*PRIVATE KEY-----)?"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"
)
_PASSWORD = re.compile(
    r"(?:\b(?:password|passwd|pwd|passcode|pass phrase|pin(?: code| number)?)|密码|口令)"
    r"\s*(?:is|was|:|=|是|为|：)\s*[\"'“]?((?=[^\s\"'”]*[\d!@#$%^&*])[^\s\"'”,;。，]{4,64})",
    re.IGNORECASE,
)


class Contacts:
    """Finds them. `region` (ISO 3166) says how numbers without a country code are read."""

    def __init__(self, region: str = "") -> None:
        import phonenumbers

        self._phones: Any = phonenumbers
        types = phonenumbers.PhoneNumberType
        self._public = {
            types.TOLL_FREE,
            types.PREMIUM_RATE,
            types.SHARED_COST,
            types.UAN,
            types.VOICEMAIL,
        }
        self._region = region or "US"

    def find(self, text: str) -> Iterator[Found]:
        """Addresses, telephone numbers, birth dates and secrets in `text`."""
        for match in _EMAIL.finditer(text) if "@" in text else ():
            yield Found("email", match.start(), match.end(), 1.0, "e-mail address")
        for match in _SECRET.finditer(text):
            yield Found("secret", match.start(), match.end(), 1.0, "key")
        for match in _PASSWORD.finditer(text):
            yield Found("secret", match.start(1), match.end(1), 0.6, "password")
        if any(c.isdigit() for c in text) or "::" in text:
            yield from _networks(text)
            yield from _addresses(text)
            yield from self._telephones(text)

    def _telephones(self, text: str) -> Iterator[Found]:
        for match in _LOCAL.finditer(text):
            before = near(text, match.start())
            score = 0.7 if _CALL.search(before) else 0.3 if _NOT_CALL.search(before) else 0.55
            yield Found("phone", match.start(), match.end(), score, "local telephone number")
        chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
        for match in _DIGITS.finditer(text):
            if found := self._telephone(text, match, chinese):
                yield found

    def _telephone(self, text: str, match: re.Match[str], chinese: bool) -> Found | None:
        raw = match[0]
        digits = sum(c.isdigit() for c in raw)
        before = near(text, match.start())
        told = bool(_CALL.search(before))
        if digits < (6 if told else 7) or _counted(raw) or _NOT_CALL.search(before):
            return None
        if not told and is_quantity(text, match.start(), match.end()):
            return None
        beside = "\u4e00" <= text[max(0, match.start() - 1)] <= "\u9fff"
        if not (told or beside) and is_row(raw):
            return None
        number, valid = self._parsed(raw, chinese)
        if valid and self._phones.number_type(number) in self._public:
            return Found("phone", match.start(), match.end(), 0.3, "a service's telephone number")
        grouped = bool(re.search(r"\d[ ().-]+\d", raw)) or raw.startswith(("+", "00"))
        if not valid:
            score = 0.65 if told and digits <= 15 else 0.3
        else:
            score = 0.95 if told else 0.85 if grouped and not is_row(raw) else 0.45
        if valid and beside:
            score = max(score, 0.8)
        return Found("phone", match.start(), match.end(), score, "telephone number")

    def _parsed(self, raw: str, chinese: bool) -> tuple[Any, bool]:
        for region in ("CN", self._region) if chinese else (self._region,):
            try:
                number = self._phones.parse(raw, region)
            except self._phones.NumberParseException:
                continue
            if self._phones.is_valid_number(number):
                return number, True
        mobile = re.fullmatch(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}", raw)
        return (self._phones.parse(raw, "CN"), True) if mobile else (None, False)


def _counted(raw: str) -> bool:
    """Whether these digits are a date, an amount or a row of small numbers."""
    if _DATE.match(raw) or re.fullmatch(r"\d{1,3}(?: \d{3})* 000", raw):
        return True
    groups = re.findall(r"\d+", raw)
    if len(groups) > 1 and all(
        re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", group) for group in groups
    ):
        return True  # Times of day.
    single = sum(len(group) == 1 for group in groups)
    pairs = all(len(group) <= 2 for group in groups) and len(groups) > 3
    return single > 2 or (pairs and not raw.startswith(("0", "+")))


def _networks(text: str) -> Iterator[Found]:
    for match in _IPV4.finditer(text):
        try:
            address = ipaddress.IPv4Address(match[0])
        except ValueError:
            continue
        if _VERSION.search(near(text, match.start(), 12)):
            continue
        public = address.is_global and match[0] not in _PUBLIC_SERVERS
        example = any(address in net for net in _DOCUMENTATION)
        score = 0.9 if public else 0.7 if example else 0.3
        yield Found("ip", match.start(), match.end(), score, "IPv4 address")
    for match in _IPV6.finditer(text):
        if len(match[0]) < 6 or sum(c.isalnum() for c in match[0]) < 4:
            continue
        try:
            six = ipaddress.IPv6Address(match[0])
        except ValueError:
            continue
        plain = six.is_loopback or six.is_link_local or six.is_unspecified
        yield Found("ip", match.start(), match.end(), 0.3 if plain else 0.9, "IPv6 address")
    for match in _MAC.finditer(text):
        yield Found("ip", match.start(), match.end(), 0.8, "MAC address")


def _addresses(text: str) -> Iterator[Found]:
    for match in _ADDRESS.finditer(text):
        # A Chinese sentence runs on into its address: 我住在北京市...
        start = match.start() + (lead.end() if (lead := _LEAD.match(match[0])) else 0)
        told = _HOME.search(near(text, start, 60))
        yield Found("address", start, match.end(), 0.75 if told else 0.45, "address")
    for match in _BORN.finditer(text):
        yield Found("birth_date", match.start(1), match.end(1), 0.7, "date of birth")
