"""What is said when it can't be found out whether there is a newer version: title and detail."""

from __future__ import annotations

NO_KEY = (
    "This build doesn’t look for newer versions",
    "It holds no key to check an answer with. Ask whoever gave it to you.",
)
NO_ADDRESS = (
    "The address to ask at can’t be used",
    "It has to begin with https://. Change it in the settings.",
)
NOBODY = (
    "Nobody answers",
    "{host} can’t be reached just now. Check the network, or try again later.",
)
TOO_LATE = ("Nobody answers in time", "{host} takes too long. Try again later.")
UNTRUSTED = (
    "The answer can’t be trusted",
    "{host} can’t prove who it is. Nothing was taken over.",
)
NO_ANSWER = ("There is no answer", "{host} answered with an error. Try again later.")
OPEN_WAY = (
    "The answer can’t be trusted",
    "{host} sends on to an address that isn’t secure. Nothing was taken over.",
)
TOO_FAR = ("There is no answer", "{host} sends on again and again. Try again later.")
STRANGE = (
    "Something else answers",
    "Perhaps this network wants you to sign in to it first. Then try again.",
)
UNSIGNED = (
    "The answer can’t be trusted",
    "It isn’t signed by the makers of Store Uploader. Nothing was taken over.",
)
MALFORMED = (
    "The answer isn’t understood",
    "It may be meant for a newer version. Look at the page you have Store Uploader from.",
)
REPLAYED = (
    "The answer is an old one",
    "A newer one was seen before, so this one counts for nothing. Try again later.",
)
EXPIRED = (
    "The answer is out of date",
    "It no longer counts. Check this computer’s clock, or try again later.",
)
TOO_EARLY = (
    "The answer is from the future",
    "Check this computer’s clock, then try again.",
)
OVERDUE = (
    "It isn’t known whether a newer version is out",
    "No answer has counted for two months. Look at the page you have Store Uploader from.",
)
BUG = ("Something went wrong here", "The log says more. Try again later.")
