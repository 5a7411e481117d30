"""The plain-words error window: what happened, that the work is safe, what to do next."""

import traceback
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from patrol_desk.ui.i18n import tr


def trace_of(error: BaseException) -> str:
    """Return where an error came from: files, lines and kinds, and none of its values, which may be personal."""
    root = Path(__file__).resolve().parents[3]
    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        shown = file.relative_to(root) if file.is_relative_to(root) else Path(file.name)
        lines.append(f"{shown.as_posix()}:{frame.lineno} {frame.name}")
    return "\n".join([type(error).__name__, *reversed(lines)])


class ErrorWindow(QWidget):
    """Says what an unforeseen error means for the user.

    Parameters
    ----------
    doing
        Name of the task that failed.
    trace
        From `trace_of`, for whoever mends the program.
    parent
        The desk's window.
    """

    def __init__(self, doing: str, trace: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("error_window")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("程序出错了"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        title = QLabel(tr("这一步没有完成"))
        title.setProperty("role", "title")
        column.addWidget(title)
        for text in (
            tr("已保存的数据都在，没有写进去一半的内容。"),
            tr("可以再试一次；仍不行，请把下面的内容复制给维护人员。里面没有个人信息。"),
        ):
            label = QLabel(text)
            label.setWordWrap(True)
            column.addWidget(label)
        details = QPlainTextEdit(f"{doing}\n{trace}")
        details.setObjectName("error_details")
        details.setAccessibleName(tr("给维护人员的内容"))
        details.setReadOnly(True)
        column.addWidget(details, 1)
        self._buttons(column, details.toPlainText())
        self.resize(560, 340)

    def _buttons(self, column: QVBoxLayout, text: str) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        copy = QPushButton(tr("复制"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        back = QPushButton(tr("返回"))
        back.setProperty("kind", "primary")
        back.setObjectName("error_back")
        back.clicked.connect(self.close)
        back.setShortcut("Esc")
        row.addWidget(copy)
        row.addWidget(back)
        column.addLayout(row)
        back.setFocus()
