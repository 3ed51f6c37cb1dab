#!/usr/bin/env python3
"""Holds an export against the CSV tables it was made of, cell by cell, to the last digit. Prints what differs; exit 1.
  export_equal.py rfc4180|excel-nl DIR EXPORT     a folder of CSV
  export_equal.py sheets DIR PREFIX               <PREFIX><table>.csv, as ogr2ogr or LibreOffice wrote them from the xlsx
  export_equal.py sqlite DIR FILE
  export_equal.py standard FILE FILE              only what the standard asks, of two of them
  export_equal.py joined DIR SCENARIOS TABLES     only that so many tables stand in the folders of so many scenarios
  export_equal.py gpkg DIR FILE MAP               also what the standard asks of a GeoPackage, shapes against MAP
"""
import csv
import glob
import json
import os
import re
import sqlite3
import struct
import sys
from decimal import Decimal, InvalidOperation

csv.field_size_limit(1 << 30)
wrong = []


def fail(text):
    wrong.append(text)
    if len(wrong) > 20:
        done()


def done():
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


def rows_of(path, **how):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f, **how))


def number(text):
    try:
        return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
    except InvalidOperation:
        return None


def same(was, now):
    """A cell of the table, and what another program read from a sheet."""
    if was == now:
        return True
    month = re.fullmatch(r"(\d{4})-(\d{2})", was)
    if month:
        year, mm = month.groups()
        return now in (f"{year}/{mm}/01", f"{mm}/01/{year}", f"{year}-{mm}-01")
    a, b = number(was), number(now)
    # LibreOffice writes at most 20 decimals into a CSV, whatever the cell holds.
    return a is not None and b is not None and (a == b or abs(a - b) < Decimal("1e-20"))


def compare(name, was, now, equal):
    if len(was) != len(now):
        fail(f"{name}: {len(now)} rows instead of {len(was)}")
    for i, (a, b) in enumerate(zip(was, now)):
        b = b + [""] * (len(a) - len(b))
        for k, (x, y) in enumerate(zip(a, b)):
            if not equal(x, y):
                fail(f"{name} row {i + 1} column {was[0][k]}: {y!r} instead of {x!r}")


def completed(rows, scenario, theory):
    """Rows of one scenario with the columns that tell of which."""
    head = rows[0]
    if "scenario" not in head:
        rows = [[cell] + row for cell, row in zip(["scenario"] + [scenario] * len(rows), rows)]
    at = rows[0].index("scenario") + 1
    if "theory" not in head:
        rows = [row[:at] + [cell] + row[at:] for cell, row in zip(["theory"] + [theory] * len(rows), rows)]
    return rows


def add_joined(folder, found):
    """Of a comparison: tables that only its scenarios have, the rows of all, in the order of the manifest."""
    joined = {}
    for part in json.load(open(os.path.join(folder, "manifest.json"), encoding="utf-8")).get("scenarios", []):
        inside = os.path.join(folder, part)
        theory = re.search(r'\btheory = "(T\d)"', open(os.path.join(inside, "scenario.cfg"), encoding="utf-8").read()).group(1)
        for path in glob.glob(os.path.join(inside, "*.csv")):
            name = os.path.basename(path)[:-4]
            if name in found:
                continue
            rows = completed(rows_of(path), os.path.basename(part), theory)
            joined.setdefault(name, rows[:1]).extend(rows[1:])
            joined_from.setdefault(name, set()).add(part)
    found.update(joined)


joined_from = {}


def tables(folder):
    found = {os.path.basename(p)[:-4]: rows_of(p) for p in sorted(glob.glob(os.path.join(folder, "*.csv")))}
    add_joined(folder, found)
    if len(found) < 3:
        fail(f"{folder}: {len(found)} tables")
    return found


def excel(cell):
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].replace('""', '"')
    return cell


def check_csv(dialect, folder, out):
    expected, written = {name + ".csv" for name in tables(folder)}, set(os.listdir(out))
    if expected != written:
        fail(f"{out} holds {sorted(written)} instead of {sorted(expected)}")
    for name, was in tables(folder).items():
        path = os.path.join(out, name + ".csv")
        data = open(path, "rb").read()
        bare = re.sub(rb'"[^"]*"', b"", data)
        if bare.count(b"\n") != bare.count(b"\r\n"):
            fail(f"{name}: a line does not end with CR LF")
        if dialect == "rfc4180":
            compare(name, was, rows_of(path), lambda a, b: a == b)
            continue
        if not data.startswith(b"\xef\xbb\xbf"):
            fail(f"{name}: no byte-order mark")
        now = [[excel(c) for c in row] for row in rows_of(path, delimiter=";")]
        compare(name, was, now, lambda a, b: a == b or (number(a) is not None and b.replace(",", ".") == a))


def check_sheets(folder, prefix):
    for name, was in tables(folder).items():
        now = rows_of(prefix + name + ".csv")
        # GDAL takes the only row of a sheet for data and names the columns itself.
        compare(name, was, now[-1:] if len(was) == 1 else now, same)


def as_sql(text, kind):
    if text == "":
        return None
    if kind == "DATE":
        return text + "-01"
    return text if kind == "TEXT" else float(text)


def check_table(db, name, was, kinds, skip=0):
    now = [list(row)[skip:] for row in db.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
    expected = [[as_sql(c, k) for c, k in zip(row, kinds)] for row in was[1:]]
    compare(name, [was[0]] + expected, [was[0]] + now, lambda a, b: a == b and (a is None) == (b is None))


def check_sqlite(folder, path):
    db = sqlite3.connect(path)
    if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        fail("integrity_check")
    expected = set(tables(folder)) | {"about", "indicator"}
    written = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if expected != written:
        fail(f"tables {sorted(written)} instead of {sorted(expected)}")
    for name, was in tables(folder).items():
        columns = db.execute("SELECT name, type FROM pragma_table_info(?)", (name,)).fetchall()
        if [c[0] for c in columns] != was[0]:
            fail(f"{name}: columns {columns}")
            continue
        check_table(db, name, was, [c[1] for c in columns])
        for text in ("household", "unit", "scenario", "area"):
            if (text, "REAL") in columns or (text, "INTEGER") in columns:
                fail(f"{name}.{text} is a number")
    for (view,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        of = db.execute(f'SELECT count(*) FROM "{view[:-len("_labelled")]}"').fetchone()
        if db.execute(f'SELECT count(*) FROM "{view}"').fetchone() != of:
            fail(f"{view}: other rows than its table")


def check_blob(layer, blob):
    if blob[:2] != b"GP" or blob[2] != 0:
        fail(f"{layer}: a shape does not begin with GP and version 0")
        return
    order = "<" if blob[3] & 1 else ">"
    if struct.unpack(order + "i", blob[4:8])[0] != 28992:
        fail(f"{layer}: a shape is in another system")
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    wkb = blob[8 + envelope:]
    if struct.unpack(("<" if wkb[0] else ">") + "I", wkb[1:5])[0] != 6:
        fail(f"{layer}: a shape is no multipolygon")


def check_standard(db, path):
    """The requirements of OGC 12-128r18 that concern what is in the file."""
    head = open(path, "rb").read(100)
    if head[:16] != b"SQLite format 3\0" or head[68:72] != b"GPKG" or struct.unpack(">I", head[60:64])[0] != 10300:
        fail("application_id or user_version")
    if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok" or db.execute("PRAGMA foreign_key_check").fetchall():
        fail("integrity_check or foreign_key_check")
    if not {-1, 0, 4326, 28992} <= {r[0] for r in db.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}:
        fail("gpkg_spatial_ref_sys lacks a system")
    default = db.execute("SELECT dflt_value FROM pragma_table_info('gpkg_contents') WHERE name = 'last_change'").fetchone()[0]
    if default != "strftime('%Y-%m-%dT%H:%M:%fZ','now')":
        fail(f"default of last_change: {default}")
    contents = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents"))
    for name, kind in contents.items():
        columns = db.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
        kind_of = db.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        if kind_of is None or not columns:
            fail(f"{name} is in gpkg_contents only")
        elif kind_of[0] == "table" and [c[1] for c in columns if c[2]] != ["INTEGER"]:
            fail(f"{name}: no primary key of whole numbers")
        geometry = db.execute("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (name,)).fetchall()
        if (kind == "features") != (len(geometry) == 1) or kind not in ("features", "attributes"):
            fail(f"{name}: {kind} with {geometry}")
        for (column, _) in geometry:
            for (blob,) in db.execute(f'SELECT "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL'):
                check_blob(name, blob)
        for (column, declared, _) in columns:
            if column == "date" and declared != "DATE":
                fail(f"{name}.date is declared {declared}")
            if column == "date":
                bad = db.execute(f"SELECT count(*) FROM \"{name}\" WHERE date NOT GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'").fetchone()[0]
                if bad:
                    fail(f"{name}: {bad} dates not as YYYY-MM-DD")
    has_extensions = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'gpkg_extensions'").fetchone()
    for (table, column, name) in db.execute("SELECT table_name, column_name, extension_name FROM gpkg_extensions").fetchall() if has_extensions else ():
        if name == "gpkg_rtree_index" and not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (f"rtree_{table}_{column}",)).fetchone():
            fail(f"no rtree of {table}")
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            fail(f"extension of {table}, which is not there")
    return contents


def check_joined(folder, n_scenarios, n_tables):
    """That a comparison has as many scenarios, and as many tables joined of all of them, as the test means."""
    tables(folder)
    whole = [name for name, parts in joined_from.items() if len(parts) == int(n_scenarios)]
    if len(whole) < int(n_tables) or not {"city", "buurt", "queue", "lettings"} <= set(whole):
        fail(f"{folder}: {len(whole)} tables of {n_scenarios} scenarios: {sorted(whole)}")


def check_months(db, folder):
    was = tables(folder)["summary"]
    head = was[0]
    codes = {r[0] for r in db.execute("SELECT code FROM areas")}
    n = 0
    for row in (dict(zip(head, r)) for r in was[1:]):
        if row["area"] not in codes:
            continue
        column = row["indicator"] + ("__" + row["group"] if row["group"] else "")
        got = db.execute(f'SELECT "{column}", date FROM area_month WHERE scenario = ? AND theory IS ? AND tick = ? AND area = ?',
                         (row["scenario"], row["theory"] or None, int(row["tick"]), row["area"])).fetchall()
        mean = float(row["mean"]) if row["mean"] else None
        if len(got) != 1 or got[0] != (mean, row["date"] + "-01"):
            fail(f"area_month {row}: {got}")
        n += 1
    if n == 0:
        fail("no rows by area in summary.csv")


def check_standards(*paths):
    for path in paths:
        if "features" not in check_standard(sqlite3.connect(path), path).values():
            fail(f"{path}: no layer")


def check_gpkg(folder, path, source):
    db = sqlite3.connect(path)
    contents = check_standard(db, path)
    for name in ("areas", "area_month", "layer_styles", "codebook"):
        if name not in contents:
            fail(f"{name} is not in gpkg_contents")
    query = "SELECT fid, geom, code, name FROM areas ORDER BY fid"
    if db.execute(query).fetchall() != sqlite3.connect(source).execute(query).fetchall():
        fail("the areas are not those of the map")
    check_months(db, folder)
    contrasts = os.path.join(folder, "contrasts.csv")
    if os.path.exists(contrasts):
        rows = rows_of(contrasts)
        at = rows[0].index("area")
        was = [rows[0]] + [r for r in rows[1:] if r[at]]
        kinds = [r[0] for r in db.execute("SELECT type FROM pragma_table_info('contrast_value') WHERE name <> 'fid'")]
        check_table(db, "contrast_value", was, kinds, skip=1)
        if len(was) < 2:
            fail("no differences by area")
    styles = db.execute("SELECT f_table_name, styleQML, styleSLD FROM layer_styles").fetchall()
    import xml.dom.minidom
    for (layer, qml, sld) in styles:
        xml.dom.minidom.parseString(qml)
        xml.dom.minidom.parseString(sld)
        if contents.get(layer) != "features":
            fail(f"style of {layer}")


if __name__ == "__main__":
    how, *rest = sys.argv[1:]
    if how in ("rfc4180", "excel-nl"):
        check_csv(how, *rest)
    else:
        {"sheets": check_sheets, "sqlite": check_sqlite, "gpkg": check_gpkg, "standard": check_standards, "joined": check_joined}[how](*rest)
    done()
