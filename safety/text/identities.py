"""Numbers that name a person: cards, accounts, identity papers. Checksums where they exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from safety.text.found import Found, near
from safety.text.quantities import is_quantity

_CARD = re.compile(r"(?<![\d.,-])(?:\d[ -]?){12,18}\d(?![\d]|[.,-]\d)", re.ASCII)
_ISSUED = re.compile(
    r"3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|4\d{12}(?:\d{3}){0,2}|5[0-8]\d{14}|"
    r"2[2-7]\d{14}|6\d{15,18}"
)
"""The beginnings and lengths of issued cards (ISO/IEC 7812 ranges)."""
_SET = re.compile(r"\d+|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b", re.ASCII)
_ACCOUNT = re.compile(
    r"\b(?:account|acct|routing|sort code|bank)(?: (?:number|no|code|#))?[^\d\n]{0,15}"
    r"(\d[\d -]{4,17}\d)\b|(?:账号|账户|卡号)[^\d\n]{0,6}(\d[\d -]{8,22}\d)",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?:\b(?:passport|(?:driver'?s?|driving) licen[cs]e|licen[cs]e (?:number|no)|identity card|"
    r"id card|national id|personalausweis|reisepass|passeport|pasaporte|passaporte|"
    r"id (?:number|no)|tax id|medicare|health card|medical record)|"
    r"パスポート|運転免許|护照|驾照|身份证|证件)"
    r"[^\d\n]{0,20}?(?<![A-Za-z0-9])([A-Z]{0,3}[- ]?\d[\dA-Z-]{4,14})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """One kind of identity number: its shape, the module that checks it, words that announce it.

    `module` is below `stdnum`; empty where the shape alone decides. With `words`, the number
    counts only after one of them: its shape is too common.
    """

    name: str
    shape: str
    module: str = ""
    words: str = ""


IDENTITIES = (
    Identity("US social security number", r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}"),
    Identity("US social security number", r"\d{3}[- ]?\d\d[- ]?\d{4}", "us.ssn", "ssn|social sec"),
    Identity("US taxpayer number", r"9\d\d-\d\d-\d{4}", "us.itin"),
    Identity(
        "UK National Insurance number",
        r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]",
    ),
    Identity("NHS number", r"\d{3}[ -]?\d{3}[ -]?\d{4}", "gb.nhs", "nhs"),
    Identity("Chinese resident identity number", r"\d{17}[\dXx]", "cn.ric"),
    Identity("Taiwanese identity number", r"[A-Z][1289]\d{8}", words="身分證|身份證|id"),
    Identity("Indian Aadhaar", r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", "in_.aadhaar"),
    Identity("Indian Aadhaar", r"[2-9]\d{11}", "in_.aadhaar", "aadhaar|uid|आधार"),
    Identity("Indian PAN", r"[A-Z]{3}[ABCFGHLJPTK][A-Z]\d{4}[A-Z]", "in_.pan"),
    Identity("Canadian social insurance number", r"\d{3}[ -]\d{3}[ -]\d{3}", "ca.sin"),
    Identity("Australian tax file number", r"\d{3} ?\d{3} ?\d{2,3}", "au.tfn", "tfn|tax file"),
    Identity("Brazilian CPF", r"\d{3}\.\d{3}\.\d{3}-\d\d", "br.cpf"),
    Identity("Mexican CURP", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d", "mx.curp"),
    Identity("Chilean RUT", r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]", "cl.rut"),
    Identity("Argentine DNI", r"\d{2}\.?\d{3}\.?\d{3}", "ar.dni", "dni"),
    Identity("Spanish DNI", r"\d{8}-?[A-Z]", "es.nif"),
    Identity("Spanish NIE", r"[XYZ]-?\d{7}-?[A-Z]", "es.nie"),
    Identity("French NIR", r"[12] ?\d\d ?[01]\d ?[\dAB]{2} ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    Identity(
        "Italian tax code", r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", "it.codicefiscale"
    ),
    Identity("German tax number", r"\d\d ?\d{3} ?\d{3} ?\d{3}", "de.idnr", "steuer|idnr|tax|tin"),
    Identity("Dutch BSN", r"\d{4}[. ]?\d\d[. ]?\d{3}", "nl.bsn", "bsn|burgerservice|sofi"),
    Identity("Belgian national number", r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d", "be.nn"),
    Identity("Swiss AHV number", r"756\.\d{4}\.\d{4}\.\d\d", "ch.ssn"),
    Identity("Polish PESEL", r"\d{11}", "pl.pesel"),
    Identity("Swedish personal number", r"(?:\d\d)?\d{6}[-+]\d{4}", "se.personnummer"),
    Identity("Danish CPR number", r"\d{6}-\d{4}", "dk.cpr"),
    Identity("Finnish identity code", r"\d{6}[-+A]\d{3}[0-9A-Y]", "fi.hetu"),
    Identity("Norwegian identity number", r"\d{6} ?\d{5}", "no.fodselsnummer"),
    Identity("Czech or Slovak birth number", r"\d{6}/\d{3,4}", "cz.rc"),
    Identity("Romanian CNP", r"[1-8]\d{12}", "ro.cnp"),
    Identity("Bulgarian EGN", r"\d{10}", "bg.egn", "egn|егн"),
    Identity("Turkish identity number", r"[1-9]\d{10}", "tr.tckimlik"),
    Identity("Korean resident number", r"\d{6}-[1-8]\d{6}", "kr.rrn"),
    Identity(
        "Japanese My Number", r"\d{4}[ -]?\d{4}[ -]?\d{4}", "jp.in_", "my number|マイナンバー"
    ),
    Identity("Singapore NRIC", r"[STFGM]\d{7}[A-Z]", ""),
    Identity("South African identity number", r"\d{13}", "za.idnr"),
    Identity("Irish PPS number", r"\d{7}[A-W][A-IW]?", "ie.pps"),
)


class Identities:
    """Finds them. The checkers are loaded once, here."""

    def __init__(self) -> None:
        luhn = import_module("stdnum.luhn")
        iban = import_module("stdnum.iban")
        self._luhn: Callable[[str], bool] = luhn.is_valid
        self._iban: Callable[[str], bool] = iban.is_valid
        self._kinds = [
            (
                kind,
                re.compile(rf"(?<![\w.-]){kind.shape}(?![\w]|-\d)", re.ASCII),
                _checker(kind.module),
            )
            for kind in IDENTITIES
        ]

    def find(self, text: str) -> Iterator[Found]:
        """Cards, accounts, identity numbers and papers in `text`."""
        yield from self._cards(text)
        for match in _IBAN.finditer(text):
            valid = self._iban(match[0].replace("-", " "))
            if valid or "iban" in near(text, match.start()):
                score = 1.0 if valid else 0.6
                yield Found("iban", match.start(), match.end(), score, "IBAN")
        for match in _ACCOUNT.finditer(text):
            group = 1 if match[1] else 2
            yield Found("iban", match.start(group), match.end(group), 0.6, "account number")
        yield from self._numbers(text)
        for match in _PAPER.finditer(text):
            if sum(c.isdigit() for c in match[1]) >= 5:
                yield Found("national_id", match.start(1), match.end(1), 0.8, "identity paper")

    def _cards(self, text: str) -> Iterator[Found]:
        for match in _CARD.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            told = re.search(
                r"card|visa|mastercard|amex|credit|debit|卡", near(text, match.start())
            )
            if len(set(digits)) < 2 or digits[0] not in "23456":
                continue
            if not told and (
                not _ISSUED.fullmatch(digits)
                or not _SET.fullmatch(match[0])
                or is_quantity(text, match.start(), match.end())
            ):
                continue
            if self._luhn(digits):
                score = 1.0 if told or digits[0] in "3456" else 0.7
                yield Found("card", match.start(), match.end(), score, "card number, Luhn valid")
            elif told:
                yield Found("card", match.start(), match.end(), 0.6, "card number, Luhn invalid")

    def _numbers(self, text: str) -> Iterator[Found]:
        for kind, shape, valid in self._kinds:
            for match in shape.finditer(text):
                if kind.words and not re.search(kind.words, near(text, match.start())):
                    continue
                if valid(match[0]):
                    yield Found("national_id", match.start(), match.end(), 0.9, kind.name)


def _checker(module: str) -> Callable[[str], bool]:
    if not module:
        return lambda _: True
    check: Callable[[str], bool] = import_module(f"stdnum.{module}").is_valid
    return check
