"""Writes bookings.csv and manifest.json beside the rendered pictures. Plain Python: python3 assemble.py --out DIR

Charges, dates and numbers are drawn without looking at sex, age or ancestry, and mean nothing.
"""
import argparse
import csv
import hashlib
import json
import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from PIL import Image

import plan
from person import draw_person

COLUMNS = ("booking_number", "person_key", "booked_at", "birth_year", "sex", "charge_ucr", "image", "captured_at")
CHARGES = ("SHOPLIFTING", "LARCENY", "SIMPLE_ASSAULT", "BURGLARY-BREAKING_ENTERING", "TRESPASSING", "DISORDERLY_CONDUCT",
           "DRIVING_UNDER_INFLUENCE", "MOTOR_VEHICLE_THEFT", "FRAUD-CREDIT_CARD-AUTOMATIC_TELLER_MACHINE", "IDENTITY_THEFT",
           "STOLEN_PROPERTY_OFFENSES", "DAMAGE-DESTRUCTION-VANDALISM_OF_PROPERTY", "COUNTERFEIT-FORGERY", "FAILURE_TO_APPEAR",
           "LARCENY-FROM_AUTO", "LARCENY-FROM_BUILDING", "ROBBERY", "AGGRAVATED_ASSAULT", "WEAPON_LAW_VIOLATIONS", "BAD_CHECKS")
ZONE = ZoneInfo("America/Chicago")
FIRST_DAY, DAYS = datetime(2023, 2, 1), 1290


def person_key(seed, number):
    return f"P-{plan.roll(seed)[number]:06d}"


def booking_time(rng):
    moment = FIRST_DAY + timedelta(days=int(rng.integers(0, DAYS)), minutes=int(rng.integers(0, 1440)))
    return moment.replace(tzinfo=ZONE)


def draw_booking(seed, picture):
    """One row but for its booking number. A second, earlier booking lies one to two years before the other."""
    person = draw_person(seed, picture.number)
    latest = booking_time(np.random.default_rng([seed, picture.number, 11]))
    rng = np.random.default_rng([seed, picture.number, plan.KINDS.index(picture.kind), 12])
    booked = latest if picture.kind == "booking" else latest - timedelta(days=int(rng.integers(365, 730)), minutes=int(rng.integers(1440)))
    captured = booked + timedelta(minutes=int(rng.integers(9, 75)))
    return {"person_key": person_key(seed, picture.number), "booked_at": booked.isoformat(), "captured_at": captured.isoformat(),
            "birth_year": latest.year - person["years"], "sex": person["sex"], "charge_ucr": str(rng.choice(CHARGES)),
            "image": picture.path, "when": booked}


def bookings(seed):
    shown = [p for p in plan.pictures(seed) if p.path.startswith("booking/")]
    rows = sorted((draw_booking(seed, p) for p in shown), key=lambda row: row["when"])
    rng, counters = np.random.default_rng([seed, 13]), {}
    for row in rows:
        year = row.pop("when").year
        counters[year] = counters.get(year, 0) + int(rng.integers(3, 90))
        row["booking_number"] = f"HC-{year}-{counters[year]:06d}"
    return rows


def truth(seed):
    """Probe -> person key of each face from left to right; null is a person who was never booked."""
    out = {}
    for picture in plan.pictures(seed):
        if picture.kind in ("second-day", "cctv"):
            out[picture.path] = [person_key(seed, picture.number)]
        elif picture.kind == "stranger":
            out[picture.path] = [None]
        elif picture.kind == "scene":
            out[picture.path] = [person_key(seed, number) for number in plan.TRIO]
    return out


def describe(folder, path):
    with open(os.path.join(folder, path), "rb") as handle:
        content = handle.read()
    facts = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    if path.endswith(".jpg"):
        with Image.open(os.path.join(folder, path)) as image:
            facts["width"], facts["height"] = image.size
    return facts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=plan.SEED)
    options = parser.parse_args()
    with open(os.path.join(options.out, "bookings.csv"), "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(bookings(options.seed))
    paths = sorted(p.path for p in plan.pictures(options.seed)) + ["bookings.csv"]
    manifest = {"about": "Rendered pictures of people who do not exist. Never a measure of accuracy, bias or thresholds.",
                "licence": "CC0-1.0", "seed": options.seed, "truth": truth(options.seed),
                "files": {path: describe(options.out, path) for path in paths}}
    with open(os.path.join(options.out, "manifest.json"), "w", encoding="utf-8") as handle:
        json.dump(manifest, handle, indent=1)
        handle.write("\n")


if __name__ == "__main__":
    main()
