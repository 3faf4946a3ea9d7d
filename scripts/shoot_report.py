"""Screenshots of a report as people see it: wide in light and dark, on a phone, on paper.

    python scripts/shoot_report.py REPORT.html FOLDER [--chromium PATH]

Writes light.png, dark.png, phone.png and print.pdf; the README's docs/report.png is such a
light.png of the sample article.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

WIDE, PHONE = (1360, 900), (390, 844)


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox"]
        )
        for name, (width, height) in (("light", WIDE), ("dark", WIDE), ("phone", PHONE)):
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if name == "dark" else "light",
            )
            page.goto(arguments.report.resolve().as_uri())
            page.screenshot(path=arguments.folder / f"{name}.png")
            if name == "light":
                page.pdf(path=arguments.folder / "print.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    main()
