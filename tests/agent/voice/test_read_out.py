"""What a careful reader says for what is written: numbers, dates, signs, addresses."""

# ruff: noqa: E501 - a line of a table is a line

from __future__ import annotations

import re
import time

import pytest

from agent.voice.text.normalise import spoken

CASES = {
    "money": [
        ("€1.234.567,00", "one million two hundred thirty four thousand five hundred sixty seven euros"),
        ("$1,234.50", "one thousand two hundred thirty four dollars and fifty cents"),
        ("£3m", "three million pounds"),
        ("€1.234", "one thousand two hundred thirty four euros"),
        ("1.234,56 €", "one thousand two hundred thirty four euros and fifty six cents"),
        ("$0.99", "ninety nine cents"),
        ("£1.01", "one pound and one penny"),
        ("£2.50", "two pounds and fifty pence"),
        ("$5–10", "five to ten dollars"),
        ("$5-$10", "five to ten dollars"),
        ("-$5", "minus five dollars"),
        ("$3.2 billion", "three point two billion dollars"),
        ("$100k", "one hundred thousand dollars"),
        ("€20/month", "twenty euros per month"),
        ("0.30 €/kWh", "thirty cents per kilowatt hour"),
        ("¥5,000", "five thousand yen"),
        ("₹250", "two hundred fifty rupees"),
        ("USD 40", "forty dollars"),
        ("40 EUR", "forty euros"),
        ("CHF 1'250", "one thousand two hundred fifty Swiss francs"),
        ("It costs $5, and $6 more.", "It costs five dollars, and six dollars more."),
        ("99¢", "ninety nine cents"),
        ("50p", "fifty pence"),
        ("US$20", "twenty dollars"),
        ("$3, 20 °C", "three dollars, twenty degrees Celsius"),
    ],
    "times": [
        ("at 8:00", "at eight o'clock"),
        ("at 17:30", "at seventeen thirty"),
        ("at 8:05 am", "at eight oh five A.M."),
        ("Come at 5 p.m. or later.", "Come at five P.M. or later."),
        ("Come at 5 p.m.", "Come at five P.M."),
        ("Come at 5pm. We eat.", "Come at five P.M. We eat."),
        ("7:30 PM", "seven thirty P.M."),
        ("9am-5pm", "nine A.M. to five P.M."),
        ("8:00–17:30", "eight o'clock to seventeen thirty"),
        ("17:00", "seventeen hundred"),
        ("00:00", "midnight"),
        ("00:15", "zero fifteen"),
        ("1:23:45", "one hour twenty three minutes forty five seconds"),
        ("1h30", "one hour thirty minutes"),
        ("2 h 15 min", "two hours fifteen minutes"),
        ("open 24/7", "open twenty four seven"),
        ("Mon–Fri 9-5", "Monday to Friday nine to five"),
    ],
    "dates": [
        ("2026-11-29", "November twenty ninth, twenty twenty six"),
        ("29/11/2026", "November twenty ninth, twenty twenty six"),
        ("11/29/2026", "November twenty ninth, twenty twenty six"),
        ("29.11.2026", "November twenty ninth, twenty twenty six"),
        ("3/4/2026", "March fourth, twenty twenty six"),
        ("June 13th", "June thirteenth"),
        ("June 13, 2026", "June thirteenth, twenty twenty six"),
        ("13 June 2026", "the thirteenth of June, twenty twenty six"),
        ("the 13th of June", "the thirteenth of June"),
        ("Sept. 5", "September fifth"),
        ("June 3–5", "June third to fifth"),
        ("3–5 June", "the third to the fifth of June"),
        ("June 2026", "June twenty twenty six"),
        ("1 Jan 1900", "the first of January, nineteen hundred"),
        ("2026-11-29T08:05:00Z", "November twenty ninth, twenty twenty six at eight oh five"),
        ("On March 3, 2025 at 7:30 pm.", "On March third, twenty twenty five at seven thirty P.M."),
        ("It may 5 times fail.", "It may five times fail."),
    ],
    "years": [
        ("in 1999", "in nineteen ninety nine"),
        ("in 2026", "in twenty twenty six"),
        ("in 1905", "in nineteen oh five"),
        ("in 2000", "in two thousand"),
        ("in 2005", "in two thousand five"),
        ("the 1990s", "the nineteen nineties"),
        ("the '80s", "the eighties"),
        ("the 1800s", "the eighteen hundreds"),
        ("1939–1945", "nineteen thirty nine to nineteen forty five"),
        ("1939–45", "nineteen thirty nine to forty five"),
        ("2048 files", "two thousand forty eight files"),
        ("In 2019 sales rose.", "In twenty nineteen sales rose."),
        ("Released in 2019.", "Released in twenty nineteen."),
    ],
    "numbers": [
        ("1,234,567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("1 234 567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("1000000", "one million"),
        ("5000 people", "five thousand people"),
        ("3.14", "three point one four"),
        ("0.5", "zero point five"),
        ("-5", "minus five"),
        ("It fell to −12.5.", "It fell to minus twelve point five."),
        ("10–12", "ten to twelve"),
        ("2-3 eggs", "two to three eggs"),
        ("They won 3–1.", "They won three to one."),
        ("a ratio of 16:9", "a ratio of sixteen to nine") ,
        ("3:2", "three to two"),
        ("the 1st, 2nd, 3rd and 21st", "the first, second, third and twenty first"),
        ("the 100th", "the one hundredth"),
        ("No. 5", "number five"),
        ("#1", "number one"),
        ("pp. 10–12", "pages ten to twelve"),
        ("Agent 007", "Agent zero zero seven"),
        ("a 3-year-old", "a three-year-old"),
        ("a 24-hour day", "a twenty four-hour day"),
        ("18+", "eighteen plus"),
        ("~50 people", "about fifty people"),
        ("9" * 40, "a number of forty digits"),
        ("5, 6, 7", "five, six, seven"),
        ("1. Beat 3 eggs", "one: Beat three eggs."),
        ("3bn stars", "three billion stars"),
        ("COVID-19", "COVID nineteen"),
        ("A4, B12 and F-16", "A four, B twelve and F sixteen"),
        ("GPT-4", "GPT four"),
        ("1080p", "ten eighty p"),
        ("50%", "fifty percent"),
        ("5–10 %", "five to ten percent"),
        ("-0.5%", "minus zero point five percent"),
        ("a 1,5 % rate", "a one point five percent rate"),
    ],
    "in groups": [
        ("1234 5678 9012 3456", "one two three four, five six seven eight, nine zero one two, three four five six"),
        ("flight BA2490", "flight BA twenty four ninety"),
        ("room 204", "room two oh four"),
        ("port 8080", "port eighty eighty"),
        ("50/50", "fifty fifty"),
        ("a ratio of 1:10", "a ratio of one to ten"),
        ("scale 1:50000", "scale one to fifty thousand"),
        ("4.5/5 stars", "four point five out of five stars"),
        ("100 000 people", "one hundred thousand people"),
        ("10,000-15,000 steps", "ten thousand to fifteen thousand steps"),
        ("born in '98", "born in ninety eight"),
        ("6.02e23", "six point zero two times ten to the power of twenty three"),
        ("200°C / 400°F", "two hundred degrees Celsius, four hundred degrees Fahrenheit"),
        ("ISBN 978-3-16-148410-0", "ISBN nine seven eight, three, one six, one four eight four one zero, zero"),
        ("c. 1850", "about eighteen fifty"),
        ("Sat 5 Dec, 10am–4pm", "Saturday, the fifth of December, ten A.M. to four P.M."),
        ("the 7th of Sept. at 3 p.m.", "the seventh of September at three P.M."),
        ("200g flour for 25 min. or so", "two hundred grams flour for twenty five minutes or so"),
        ("It takes 25 min.", "It takes twenty five minutes."),
        ("1.80m tall", "one point eight zero meters tall"),
        (r"$\sum_{i=1}^{n} i$", "the sum from i equals one to n of i"),
    ],
    "versions": [
        ("v2.0.1", "version two point zero point one"),
        ("Python 3.11", "Python three point eleven"),
        ("Ubuntu 24.04", "Ubuntu twenty four point zero four"),
        ("2.10.3", "two point ten point three"),
        ("192.168.1.10", "one hundred ninety two dot one hundred sixty eight dot one dot ten"),
    ],
    "fractions and doses": [
        ("1/2 tablet 3x daily, max. 2 g", "half a tablet three times daily, maximum two grams"),
        ("½", "one half"),
        ("½ onion", "half an onion"),
        ("½ tsp salt", "half a teaspoon salt"),
        ("1½ cups", "one and a half cups"),
        ("1 1/2 cups", "one and a half cups"),
        ("2¼ hours", "two and a quarter hours"),
        ("2/3", "two thirds"),
        ("¾ of it", "three quarters of it"),
        ("1/2 of it", "one half of it"),
        ("7/8", "seven eighths"),
        ("400 mg twice a day", "four hundred milligrams twice a day"),
        ("5 ml (1 tsp)", "five milliliters (one teaspoon)"),
        ("10 mg/kg", "ten milligrams per kilogram"),
        ("1-0-1", "one, zero, one"),
        ("2 x 500 mg", "two times five hundred milligrams"),
        ("min. 8 h apart", "minimum eight hours apart"),
        ("< 5 mg", "less than five milligrams"),
    ],
    "telephones": [
        ("020 7946 0000", "zero two zero, seven nine four six, zero zero zero zero"),
        ("+44 20 7946 0000", "plus four four, two zero, seven nine four six, zero zero zero zero"),
        ("+1 (415) 555-2671", "plus one, four one five, five five five, two six seven one"),
        ("555-0142", "five five five, zero one four two"),
        ("415-555-2671", "four one five, five five five, two six seven one"),
        ("Call 911.", "Call nine one one."),
        ("PIN 4821", "PIN four eight two one"),
    ],
    "formulas": [
        ("E = mc^2", "E equals m c squared"),
        (r"$x_1 \le 5$", "x sub one is at most five"),
        ("10^-3", "ten to the power of minus three"),
        ("10^6", "ten to the power of six"),
        ("H2O and CO2", "H two O and C O two"),
        ("H₂SO₄", "H two S O four"),
        ("x² + y² = z²", "x squared plus y squared equals z squared"),
        ("2 + 3 = 5", "two plus three equals five"),
        ("5 - 3 = 2", "five minus three equals two"),
        ("6 × 7 = 42", "six times seven equals forty two"),
        ("6 * 7", "six times seven"),
        ("10 / 2 = 5", "ten divided by two equals five"),
        ("10 ÷ 2", "ten divided by two"),
        (r"$\frac{a}{b}$", "a over b"),
        (r"\(a^2 + b^2 = c^2\)", "a squared plus b squared equals c squared"),
        (r"$\sqrt{16} = 4$", "the square root of sixteen equals four"),
        ("√2", "the square root of two"),
        ("5 < 6", "five is less than six"),
        ("BMI ≥ 25", "BMI is at least twenty five"),
        ("π ≈ 3.14", "pi is about three point one four"),
        ("±2", "plus or minus two"),
        (r"It is \frac{1}{2} of it", "It is one over two of it"),
        ("2^n", "two to the power of n"),
    ],
    "units": [
        ("5 km/h", "five kilometers per hour"),
        ("1 km", "one kilometer"),
        ("20 °C", "twenty degrees Celsius"),
        ("-5°C", "minus five degrees Celsius"),
        ("1°", "one degree"),
        ("18–22 °C", "eighteen to twenty two degrees Celsius"),
        ("350°F", "three hundred fifty degrees Fahrenheit"),
        ("3 kg", "three kilograms"),
        ("0.5 l", "zero point five liters"),
        ("1,5 kg", "one point five kilograms"),
        ("25 m²", "twenty five square meters"),
        ("9.81 m/s²", "nine point eight one meters per second squared"),
        ("16GB", "sixteen gigabytes"),
        ("100 Mbit/s", "one hundred megabits per second"),
        ("6 ft", "six feet"),
        ("1 lb, 2 lbs", "one pound, two pounds"),
        ("60 mph", "sixty miles per hour"),
        ("in km/h", "in kilometers per hour"),
        ("5'10\"", "five foot ten"),
        ("1920x1080", "nineteen twenty by ten eighty"),
        ("4x4", "four by four"),
        ("10x faster", "ten times faster"),
        ("45 t, 100 m in 9.58 s", "forty five tonnes, one hundred meters in nine point five eight seconds"),
        ("5m and 10K", "five m and ten K"),
    ],
    "short forms": [
        ("e.g. apples, i.e. fruit", "for example apples, that is fruit"),
        ("Dr. Smith and Mr. Lee", "Doctor Smith and Mister Lee"),
        ("approx. 5", "approximately five"),
        ("St. Paul", "Saint Paul"),
        ("10 Main St. is near.", "ten Main Street is near."),
        ("We live on Main St. It is quiet.", "We live on Main Street. It is quiet."),
        ("Apples, pears, etc.", "Apples, pears, et cetera."),
        ("Apples etc. are fruit.", "Apples et cetera are fruit."),
        ("cats vs. dogs", "cats versus dogs"),
        ("he/she and/or they", "he or she and or they"),
        ("w/o sugar", "without sugar"),
        ("C++ and C#", "C plus plus and C sharp"),
        ("Fig. 3", "figure three"),
        ("salt & pepper", "salt and pepper"),
        ("TCP/IP", "TCP IP"),
    ],
    "Roman numerals": [
        ("World War II", "World War two"),
        ("Henry VIII", "Henry the eighth"),
        ("Elizabeth II.", "Elizabeth the second."),
        ("Chapter IV", "Chapter four"),
        ("Louis XIV", "Louis the fourteenth"),
        ("Super Bowl LVIII", "Super Bowl fifty eight"),
        ("Part I", "Part one"),
        ("After the war I went home.", "After the war I went home."),
        ("In the part I liked he met Mary I think.", "In the part I liked he met Mary I think."),
        ("World War I began.", "World War one began."),
        ("type I diabetes", "type one diabetes"),
        ("I think Charles I was king.", "I think Charles the first was king."),
    ],
    "places": [
        ("ada.lovelace@example.com", "ada dot lovelace at example dot com"),
        ("a_b@x.org", "a underscore b at x dot org"),
        ("See https://www.example.com/a?b=c.", "See example dot com."),
        ("docs.python.org/3/library", "docs dot python dot org"),
        ("/home/ada/notes.txt", "notes dot text"),
        (r"C:\Users\Ada\plan.pdf", "plan dot P D F"),
        ("~/.config/candor", "the folder candor"),
        ("Open src/main.py.", "Open main dot pie."),
        ("Open notes.txt.", "Open notes dot text."),
    ],
    "signs": [
        ("👍 Done 😀", "Done"),
        ("1️⃣ First", "one First"),
        ("Hello :-)", "Hello"),
        ("File > Save As", "File, then Save As"),
        ("A → B", "A to B"),
        ("#travel", "hashtag travel"),
        ("~~old~~ **new** __both__", "old new both"),
        ("a &amp; b", "a and b"),
        ("α and β", "alpha and beta"),
        ("```python\n", "On the screen: Python code."),
    ],
}  # fmt: skip
TABLE = [(kind, *case) for kind, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("kind", "shown", "said"), TABLE)
def test_what_is_written_is_read_as_a_person_reads_it(kind: str, shown: str, said: str) -> None:
    assert spoken(shown) == said, kind
    assert spoken(said) == said


def test_the_table_is_long_and_has_no_case_twice() -> None:
    shown = [case[1] for case in TABLE]
    assert len(shown) >= 150
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize(("kind", "shown", "said"), TABLE)
def test_inside_a_sentence_no_digit_or_sign_is_left(kind: str, shown: str, said: str) -> None:
    read = spoken(f"You said {shown} and I agree.")
    assert not re.search(r"[\d$€£%°<>=^_*|\\/~#{}\[\]`]", read), (kind, read)
    assert spoken(read) == read


def test_what_a_date_means_depends_on_the_country() -> None:
    assert spoken("3/4/2026", day_comes_first=True) == "April third, twenty twenty six"
    assert spoken("4/29/2026", day_comes_first=True) == "April twenty ninth, twenty twenty six"
    assert spoken("3/4/2026") == "March fourth, twenty twenty six"


_HOSTILE = (
    "1", "1,", "1.", "1,111", "1 ", "1-", "-1", "1/", "1/2 ", "$1", "$", "€1.", "1:", "12:34:", "(",
    "[", "[a](", "![", "**a ", "*a ", "_a ", "__", "`", "`a``", "```", "<a", "<", "|", "|a|\n",
    "-\n", "\n", " ", "\t", "# ", "#", "> ", "a@", "a.", "a.a@", "www.", "http://", "/a", "a/", "~/",
    "\\", "\\(", "$x^", "^", "x^2", "1^", "½", "1½", "a", "aé", "漢", "漢a", "😀", "I", "X ", "St. ",
    "June ", "June 1 ", "+1 ", "0 1", "01-", "e.g.", "1st", "5 k", "5 km/", "5-6-", "1x", "abcdef1",
    "1a", "H2", "\u00a0", "\u202f1", "°", "1°", "'1'", "no. ", "=", "1 = ", "~", "&", "&amp;", "%",
)  # fmt: skip


@pytest.mark.parametrize("part", _HOSTILE)
def test_hostile_text_takes_no_longer_than_other_text(part: str) -> None:
    text = part * (100_000 // len(part))
    spoken("warm 1")
    assert any(_seconds(text) < 0.2 for _ in range(3))


def _seconds(text: str) -> float:
    begin = time.process_time()
    spoken(text)
    return time.process_time() - begin
