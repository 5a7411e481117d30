"""Words of a sheet in one language."""

from datetime import date, datetime

from patrol_desk.common.message import Message
from patrol_desk.messages import Language, render
from patrol_desk.services.sheet_data import PrivacyProfile, ShiftMark


class SheetWords:
    """Looks up the words of printed sheets.

    Parameters
    ----------
    language
        ``"zh"`` or ``"en"``.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._fixed: dict[str, str] = {}

    def word(self, code: str, **params: object) -> str:
        """Return the words of ``print.<code>``."""
        if params:
            return render(Message(f"print.{code}", params), self.language)
        if code not in self._fixed:
            self._fixed[code] = render(Message(f"print.{code}"), self.language)
        return self._fixed[code]

    def said(self, what: Message | str) -> str:
        """Return a message in words; text as it is."""
        return render(what, self.language) if isinstance(what, Message) else what

    def weekday(self, day: date) -> str:
        """Return the weekday as a column's head."""
        return self.word(f"weekday_{day.isoweekday()}")

    def day(self, day: date) -> str:
        """Return the day with its weekday, as in a range."""
        return self.word(
            "range_day",
            month=self.word(f"month_{day.month}"),
            day=day.day,
            weekday=self.word(f"weekday_short_{day.isoweekday()}"),
        )

    def moment(self, moment: datetime) -> str:
        """Return a wall time to the minute."""
        return moment.strftime("%Y-%m-%d %H:%M")

    def shift_time(self, shift: ShiftMark) -> str:
        """Return a shift's times; an end on the next day says so."""
        code = "shift_time" if shift.start < shift.end else "shift_time_overnight"
        return self.word(code, start=shift.start, end=shift.end)


def shown_phone(phone: str, profile: PrivacyProfile) -> str:
    """Return what a profile shows of a member's number: nothing, ``138****2046``, or all."""
    if profile is PrivacyProfile.PUBLIC or not phone:
        return ""
    if profile is PrivacyProfile.LEADER:
        return phone
    return masked_phone(phone)


def masked_phone(phone: str) -> str:
    """Return the number with its middle hidden; a number too short to hide anything in is hidden whole."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
