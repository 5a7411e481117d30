"""The tab of a person's basic data: a form that checks while one types."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.message import Message
from patrol_desk.models import PersonStatus, SquadRole
from patrol_desk.services.people import Choices, PersonDetail, check_person_field
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import full_day_text
from patrol_desk.ui.pages.people.words import ACTIVITY, FORCES, GENDERS, ROLES, STATUSES, Word
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section, line

MASKED = frozenset({"phone", "resident_id"})
UNIQUE = frozenset({"code", "phone", "resident_id"})
"""Fields that are looked up among everybody while they are typed."""
_NEW_ONLY = ("squad", "role")
_DATES = frozenset({"birth_date", "joined_on", "insured_from", "insured_until"})
Pairs = Sequence[tuple[str, str]]
E = TypeVar("E", bound=StrEnum)


class BasicsTab(QWidget):
    """Fields of a person, or of a new one.

    Parameters
    ----------
    theme
        Gives sizes.

    Attributes
    ----------
    changed
        Sent with the key of a field that the user changed.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._choices: Choices | None = None
        self._detail: PersonDetail | None = None
        self._warnings: dict[str, str] = {}
        self._today = date.min
        self._who = Section(theme)
        self._service = Section(theme)
        self._home = Section(theme)
        self._since = Label("muted", wrap=True)
        self.forms = (self._form(theme, self._who_fields()), self._form(theme, self._service_fields()),
                      self._form(theme, self._home_fields()))  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section, form in zip((self._who, self._service, self._home), self.forms, strict=True):
            if section is not self._who:
                column.addWidget(line(theme))
            section.add(form)
            column.addWidget(section)
        self._service.add(self._since)
        column.addStretch(1)
        self.retranslate()

    def _form(self, theme: Theme, fields: Sequence[Field]) -> Form:
        form = Form(theme, fields, columns=2, label_width=0)
        form.changed.connect(self._edited)
        return form

    # Fields

    def _who_fields(self) -> tuple[Field, ...]:
        return (
            self._text("name", lambda: tr("姓名"), longest=60),
            self._text("code", lambda: tr("编号"), longest=32),
            self._choice("gender", lambda: tr("性别"), lambda: [("", "—"), *_pairs(GENDERS)]),
            self._day("birth_date", lambda: tr("出生日期")),
            Field("phone", lambda: tr("手机号"), "phone", hint=lambda: self._warnings.get("phone", ""),
                  check=lambda value: self._wrong("phone", value)),
            Field("resident_id", lambda: tr("身份证号"), "id", check=lambda value: self._wrong("resident_id", value)),
        )  # fmt: skip

    def _service_fields(self) -> tuple[Field, ...]:
        return (
            self._choice("force", lambda: tr("力量类型"), lambda: _pairs(FORCES)),
            self._choice("activity_class", lambda: tr("参与程度"), lambda: _pairs(ACTIVITY)),
            self._choice("status", lambda: tr("状态"), self._statuses),
            self._day("joined_on", lambda: tr("入队日期")),
            self._choice("squad", lambda: tr("小组|所属"), self._squads),
            self._choice("role", lambda: tr("职务"), lambda: _pairs(ROLES)),
            self._day("insured_from", lambda: tr("保险起")),
            self._day("insured_until", lambda: tr("保险止")),
            self._text("contract_minutes", lambda: tr("每周合同分钟"), longest=6),
            self._choice("organisation_id", lambda: tr("所属单位"), lambda: self._records("organisations")),
        )  # fmt: skip

    def _home_fields(self) -> tuple[Field, ...]:
        return (
            self._choice("community_id", lambda: tr("村（社区）"), lambda: self._records("communities")),
            self._choice("grid_cell_id", lambda: tr("网格"), lambda: self._records("grid_cells")),
            self._text("home_lon", lambda: tr("住址经度"), longest=20),
            self._text("home_lat", lambda: tr("住址纬度"), longest=20),
        )

    def _text(self, key: str, label: Callable[[], str], *, longest: int) -> Field:
        return Field(key, label, longest=longest, check=lambda value: self._wrong(key, value))

    def _day(self, key: str, label: Callable[[], str]) -> Field:
        return Field(key, label, "date", check=lambda value: self._wrong(key, value))

    def _choice(self, key: str, label: Callable[[], str], choices: Callable[[], Pairs]) -> Field:
        return Field(key, label, "choice", choices=choices)

    def _statuses(self) -> Pairs:
        retired = self._detail is not None and self._detail.fields["status"] == PersonStatus.INACTIVE
        return [(k.value, w()) for k, w in STATUSES.items() if retired or k is not PersonStatus.INACTIVE]

    def _squads(self) -> Pairs:
        return [("", "—"), *((squad.id, squad.name) for squad in (self._choices.squads if self._choices else ()))]

    def _records(self, kind: str) -> Pairs:
        rows = getattr(self._choices, kind, ())
        return [("", "—"), *((row.id, row.name) for row in rows)]

    # Showing

    def set_choices(self, choices: Choices) -> None:
        """Offer the township's squads, communities, grid cells and organisations."""
        self._choices = choices
        self._today = choices.today
        self.retranslate()

    def show_person(self, detail: PersonDetail) -> None:
        """Show a stored person."""
        self._detail = detail
        self._show_texts(detail.fields)
        for key in _NEW_ONLY:
            self.forms[1].set_shown(key, shown=False)
        retired = detail.ended_on is not None or detail.fields["status"] == PersonStatus.INACTIVE
        self.forms[1].set_field_enabled("status", not retired)
        self._tell_since()

    def show_new(self, code: str) -> None:
        """Ask for a new person, with a free code."""
        self._detail = None
        self._show_texts({})
        for key in _NEW_ONLY:
            self.forms[1].set_shown(key, shown=True)
        self.forms[1].set_field_enabled("status", enabled=True)
        self.put("code", code)
        self._tell_since()

    def suggest_code(self, code: str) -> None:
        """Fill a free code in, unless one was typed already."""
        if self._detail is None and not self.forms[0].value("code"):
            self.put("code", code)

    def _show_texts(self, texts: Mapping[str, str]) -> None:
        self._warnings.clear()
        defaults = {"status": PersonStatus.ACTIVE.value, "force": "volunteer", "activity_class": "monthly",
                    "role": SquadRole.MEMBER.value}  # fmt: skip
        for form in self.forms:
            form.retranslate()
            keys = form.values()
            form.set_values({key: _value(key, texts.get(key, defaults.get(key, ""))) for key in keys})

    def _tell_since(self) -> None:
        detail = self._detail
        if detail is None or detail.status_on is None:
            self._since.setText("")
        else:
            status = STATUSES[PersonStatus(detail.fields["status"])]()
            reason = tr("，原因：{reason}", reason=detail.status_reason) if detail.status_reason else ""
            day = full_day_text(detail.status_on)
            self._since.setText(tr("{day} 起{status}{reason}", day=day, status=status, reason=reason))
        self._since.setVisible(bool(self._since.text()))

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._who.set_title(tr("身份与联系"))
        self._service.set_title(tr("参与"))
        self._home.set_title(tr("住址"), tr("只用来算到点位的距离"))
        for form in self.forms:
            form.retranslate()
        self._tell_since()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # Values

    def put(self, key: str, value: object) -> None:
        """Change one field as the user would."""
        self._form_of(key).put(key, value)

    def focus_on(self, key: str) -> None:
        """Give a field the focus."""
        self._form_of(key).control(key).setFocus()

    def texts(self) -> dict[str, str]:
        """Return field → text of what differs from the stored person."""
        return {
            key: _plain(form.value(key)) for form in self.forms for key in form.dirty_keys() if key not in _NEW_ONLY
        }

    def squad(self) -> tuple[str, SquadRole] | None:
        """Return squad id and role chosen for a new person."""
        squad = self.forms[1].value("squad")
        return (squad, SquadRole(self.forms[1].value("role"))) if squad else None

    def right(self) -> bool:
        """Show everything that is wrong and say whether nothing is."""
        shown = [form.show_errors() for form in reversed(self.forms)]
        return all(shown)

    def tell_wrong(self, key: str, sentence: str) -> bool:
        """Say under a field what a service found wrong, and go there; say whether there is such a field."""
        form = next((form for form in self.forms if key in form.values()), None)
        if form is None:
            return False
        form.set_error(key, sentence)
        form.control(key).setFocus()
        return True

    def unique_texts(self) -> dict[str, str]:
        """Return field → text of the changed fields that nobody else may have."""
        return {key: text for key, text in self.texts().items() if key in UNIQUE}

    def show_doubles(self, found: Mapping[str, Message]) -> None:
        """Say under a field who else has its value: a phone is a warning, the others are wrong."""
        self._warnings = {"phone": say(found["phone"])} if "phone" in found else {}
        for key in ("code", "resident_id"):
            if key in found and not self._wrong(key, self.forms[0].value(key)):
                self.forms[0].set_error(key, say(found[key]))
        self.forms[0].retranslate()

    def _form_of(self, key: str) -> Form:
        return next(form for form in self.forms if key in form.values())

    def _edited(self, key: str) -> None:
        if key in self._warnings:
            del self._warnings[key]
        self.changed.emit(key)

    def _wrong(self, key: str, value: object) -> str | None:
        text = _plain(value)
        if key in MASKED and self._detail is not None and text == self._detail.fields[key]:
            return None
        found = check_person_field(key, text, self._today)
        return None if found is None else say(found)


def _pairs(words: Mapping[E, Word]) -> Pairs:
    return [(value.value, word()) for value, word in words.items()]


def _value(key: str, text: str) -> object:
    """Return a stored text as the field's control takes it."""
    return (date.fromisoformat(text) if text else None) if key in _DATES else text


def _plain(value: object) -> str:
    return "" if value is None else str(value)
