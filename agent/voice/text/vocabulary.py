"""What signs, units and short forms are called. Tables only: a new word is a new line."""

from __future__ import annotations

UNITS = {
    "km": "kilometer", "m": "meter", "dm": "decimeter", "cm": "centimeter", "mm": "millimeter",
    "µm": "micrometer", "nm": "nanometer", "mi": "mile", "yd": "yard", "ft": "foot",
    "t": "tonne", "kg": "kilogram", "g": "gram", "mg": "milligram", "µg": "microgram",
    "mcg": "microgram", "lb": "pound", "lbs": "pound", "oz": "ounce", "IU": "international unit",
    "l": "liter", "L": "liter", "dl": "deciliter", "cl": "centiliter", "ml": "milliliter",
    "mL": "milliliter", "tbsp": "tablespoon", "tsp": "teaspoon", "gal": "gallon", "ha": "hectare",
    "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "s": "second",
    "sec": "second", "secs": "second", "ms": "millisecond", "yrs": "year", "wk": "week",
    "bit": "bit", "kB": "kilobyte", "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte",
    "TB": "terabyte", "kbit": "kilobit", "Mbit": "megabit", "Gbit": "gigabit",
    "GiB": "gibibyte", "MiB": "mebibyte", "MP": "megapixel", "px": "pixel",
    "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "Wh": "watt hour",
    "kWh": "kilowatt hour", "mAh": "milliamp hour", "V": "volt", "mV": "millivolt",
    "mA": "milliamp", "Ω": "ohm", "kΩ": "kiloohm", "dB": "decibel", "N": "newton",
    "kJ": "kilojoule", "cal": "calorie", "kcal": "kilocalorie", "Pa": "pascal",
    "kPa": "kilopascal", "hPa": "hectopascal", "mbar": "millibar", "mmHg": "millimeter of mercury",
    "mol": "mole", "mmol": "millimole", "lm": "lumen", "cc": "cubic centimeter",
    "sq ft": "square foot", "sq mi": "square mile", "sq m": "square meter",
    "mph": "mile per hour", "kph": "kilometer per hour", "kmh": "kilometer per hour",
    "rpm": "revolution per minute", "bpm": "beat per minute", "fps": "frame per second",
    "ppm": "part per million",
    "kbps": "kilobit per second", "Mbps": "megabit per second", "Gbps": "gigabit per second",
    "l/100 km": "liter per one hundred kilometers", "kt": "knot", "pts": "point",
}  # fmt: skip
IRREGULAR = {
    "foot": "feet", "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz",
    "gigahertz": "gigahertz",
}  # fmt: skip
PER = {
    **UNITS, "day": "day", "d": "day", "week": "week", "month": "month", "mo": "month",
    "year": "year", "yr": "year", "hour": "hour", "minute": "minute", "second": "second",
    "person": "person", "night": "night", "item": "item", "piece": "piece",
}  # fmt: skip
COINS = {
    "US$": ("dollar", "cent"), "A$": ("Australian dollar", "cent"),
    "C$": ("Canadian dollar", "cent"),
    "$": ("dollar", "cent"), "£": ("pound", "penny"), "€": ("euro", "cent"), "¥": ("yen", "sen"),
    "₹": ("rupee", "paisa"), "₩": ("won", "jeon"), "USD": ("dollar", "cent"),
    "EUR": ("euro", "cent"), "GBP": ("pound", "penny"), "JPY": ("yen", "sen"),
    "CHF": ("Swiss franc", "rappen"), "CNY": ("yuan", "fen"), "RMB": ("yuan", "fen"),
}  # fmt: skip
SAME_IN_MANY = frozenset(["yen", "won", "yuan", "sen", "jeon", "fen", "rappen"])
LARGE = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "bn": "billion", "b": "billion", "B": "billion", "tn": "trillion",
    "hundred": "hundred", "thousand": "thousand", "million": "million", "billion": "billion",
    "trillion": "trillion",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
# Said in full wherever they stand. After the last letter a sentence may end: see `rules`.
SHORT = {
    "e.g.": "for example", "i.e.": "that is", "etc.": "et cetera", "vs.": "versus", "vs": "versus",
    "approx.": "approximately", "ca.": "about", "cf.": "compare", "incl.": "including",
    "excl.": "excluding", "max.": "maximum", "min.": "minimum", "avg.": "average",
    "est.": "estimated", "dept.": "department", "Dept.": "Department", "govt.": "government",
    "a.k.a.": "also known as", "aka": "also known as", "w/o": "without", "w/": "with",
    "mmHg": "millimeters of mercury", "y/o": "years old", "s/he": "she or he",
    "N/A": "not applicable", "n/a": "not applicable",
    "and/or": "and or", "he/she": "he or she",
    "she/he": "she or he", "his/her": "his or her", "him/her": "him or her", "yes/no": "yes or no",
    "Mr.": "Mister", "Mrs.": "Missus", "Ms.": "Miz", "Jr.": "Junior", "Sr.": "Senior",
    "Ltd.": "Limited", "Inc.": "Incorporated", "Corp.": "Corporation", "Bros.": "Brothers",
    "Ave.": "Avenue", "Blvd.": "Boulevard", "Rd.": "Road", "Apt.": "Apartment",
    "C++": "C plus plus", "C#": "C sharp", "F#": "F sharp", "24/7": "twenty four seven",
    "9/11": "nine eleven", "tel.": "telephone", "Tel.": "Telephone", "ext.": "extension",
}  # fmt: skip
# Said in full only before a name.
TITLES = {
    "Dr.": "Doctor", "Dr": "Doctor", "Prof.": "Professor", "St.": "Saint", "St": "Saint",
    "Mt.": "Mount", "Gen.": "General", "Gov.": "Governor", "Sen.": "Senator", "Capt.": "Captain",
    "Lt.": "Lieutenant", "Col.": "Colonel", "Sgt.": "Sergeant", "Rev.": "Reverend",
}  # fmt: skip
# Said in full only before a number.
COUNTED = {
    "No.": "number", "no.": "number", "Nr.": "number", "Nos.": "numbers", "№": "number",
    "c.": "about",
    "#": "number", "p.": "page", "pp.": "pages", "Fig.": "figure", "fig.": "figure",
    "vol.": "volume", "Vol.": "volume", "ch.": "chapter", "Ch.": "chapter", "§": "section",
    "ed.": "edition", "Eq.": "equation", "eq.": "equation", "Sec.": "section",
}  # fmt: skip
# "Henry VIII" is the eighth, "Chapter VIII" is eight.
REIGNING = [
    "Pope",
    "King",
    "Queen",
    "Henry",
    "Louis",
    "Edward",
    "George",
    "William",
    "Charles",
    "James",
    "Richard",
    "Elizabeth",
    "Napoleon",
    "Pius",
    "Benedict",
    "Leo",
    "Paul",
    "Ramses",
    "Frederick",
    "Philip",
    "Alexander",
    "Nicholas",
    "Peter",
    "Catherine",
    "Ivan",
    "Gustav",
    "Christian",
    "Ferdinand",
    "Margrethe",
    "Felipe",
    "Carlos",
    "Haakon",
    "Rameses",
    "Mehmed",
    "Wilhelm",
    "Otto",
    "Mary",
]
COUNTED_ROMAN = [
    "Chapter",
    "Part",
    "Act",
    "Scene",
    "Section",
    "Volume",
    "Book",
    "Phase",
    "Article",
    "War",
    "Mark",
    "Type",
    "Level",
    "Stage",
    "Class",
    "Grade",
    "Bowl",
    "Apollo",
    "Gemini",
    "Fantasy",
    "Episode",
    "Round",
    "Rocky",
    "Appendix",
    "Title",
    "Division",
    "Tier",
]
# File endings that no one would pronounce as a word; others are said as they stand.
ENDINGS = {
    "txt": "text", "json": "jason", "md": "M D", "py": "pie", "js": "J S", "ts": "T S",
    "html": "H T M L", "css": "C S S", "pdf": "P D F", "csv": "C S V", "xml": "X M L",
    "jpg": "J P G", "png": "P N G", "gif": "gif", "mp3": "M P three", "mp4": "M P four",
    "exe": "E X E", "docx": "doc X", "xlsx": "X L S X", "sh": "S H", "yaml": "yammel",
    "yml": "yammel", "toml": "tommel", "ini": "ini", "cfg": "config", "log": "log", "zip": "zip",
    "gguf": "G G U F", "wav": "wave", "rs": "R S", "cpp": "C P P", "java": "java", "db": "D B",
    "sql": "S Q L", "bat": "bat", "conf": "conf", "tar": "tar", "gz": "G Z",
}  # fmt: skip
HOSTS = "com|org|net|edu|gov|io|uk|de|fr|info|dev|ai|app|eu|ca|ch|nl|au"
# Between two things, and elsewhere where it differs.
SIGNS = {
    "=": "equals", "≠": "is not equal to", "≤": "is at most", "≥": "is at least",
    "<": "is less than", ">": "is greater than", "≈": "is about", "±": "plus or minus",
    "×": "times", "·": "times", "÷": "divided by", "→": "to", "⇒": "so", "∞": "infinity",
    "√": "the square root of", "∑": "the sum of", "∫": "the integral of", "∂": "partial",
    "&": "and", "%": "percent", "‰": "per thousand", "+": "plus", "°": "degrees", "µ": "micro",
    "−": "minus", "~": "about", "@": "at", "^": "to the power of", "½": "one half",
    "¼": "one quarter", "¾": "three quarters", "⅓": "one third", "⅔": "two thirds",
    "²": "squared", "³": "cubed", "¢": "cents", "§": "section", "$": "dollars", "€": "euros",
    "£": "pounds", "#": "number",
    "∈": "is in", "∆": "delta",
}  # fmt: skip
SIGNS_BEFORE = {"<": "less than", ">": "more than", "≤": "at most", "≥": "at least", "≈": "about"}
LATEX = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "lt": "<", "gt": ">",
    "times": "×", "cdot": "×", "div": "÷", "pm": "±", "approx": "≈", "sim": "≈", "infty": "∞",
    "sumfrom": "the sum from", "intfrom": "the integral from", "prodfrom": "the product from",
    "to": "→", "rightarrow": "→", "sum": "∑", "int": "∫", "partial": "∂", "in": "∈",
    "implies": "⇒", "Rightarrow": "⇒", "degree": "°", "circ": "°", "%": "%", "ldots": "and so on",
    "dots": "and so on", "cdots": "and so on", "sin": "sine", "cos": "cosine", "tan": "tangent",
    "log": "log", "ln": "natural log", "lim": "the limit of", "max": "max", "min": "min",
}  # fmt: skip
