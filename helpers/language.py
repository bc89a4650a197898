"""What the helpers say, in the language of the edition: English, or the one that `speak` names.

The English sentence stands in the code and is the key; words/zh.json holds the Chinese for each.
Another language is another file beside it.
"""

import json
from importlib.resources import files

WORDS = files("helpers") / "words"

_language = "en"
_words = {}  # English sentence: what is said instead


def speak(language):
    """From here on say everything in this language: "en", "zh" or another that words/ holds.

    ValueError: words/ does not hold it.

    >>> speak("zh")
    >>> say("its checksum is not the published one")
    '校验和与公布的不一致'
    >>> speak("en")
    >>> say("its checksum is not the published one")
    'its checksum is not the published one'
    """
    global _language, _words
    known = [
        "en",
        *sorted(path.name[:-5] for path in WORDS.iterdir() if path.name.endswith("json")),
    ]
    if language not in known:
        raise ValueError(f"language must be one of {', '.join(known)}, but is {language!r}.")
    words = "{}" if language == "en" else (WORDS / f"{language}.json").read_text("utf-8")
    _language, _words = language, json.loads(words)


def say(sentence, /, **details):
    """The sentence in the language that is spoken, with its {details} filled in.

    >>> say("answered {code}", code=404)
    'answered 404'
    """
    return _words.get(sentence, sentence).format(**details)


def spoken(sentences):
    """Of {language: sentence} the one in the language that is spoken, else the English one.

    >>> spoken({"en": "yes", "zh": "对"})
    'yes'
    """
    return sentences.get(_language, sentences["en"])


def value_error(sentence, /, **details):
    """A ValueError that says the sentence: `raise value_error(...)`."""
    return ValueError(say(sentence, **details))
