"""Adds up the amounts of a month, on every system."""

import configparser
import csv
import os
from decimal import Decimal
from pathlib import Path

SETTINGS_FILE = "settings.ini"
AMOUNTS_FILE = Path("data") / "amounts.csv"


def read_settings(path):
    settings = configparser.ConfigParser()
    settings.read(path, encoding="utf-8")
    return settings["report"]


def read_amounts(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [Decimal(row["amount"]) for row in csv.DictReader(file)]


def main():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    settings = read_settings(SETTINGS_FILE)
    print(f"report: archive is {settings['archive']}, owner {settings['owner']}")
    amounts = read_amounts(AMOUNTS_FILE)
    print(f"report: {len(amounts)} amounts, total {sum(amounts)}")


if __name__ == "__main__":
    main()
