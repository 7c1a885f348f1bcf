"""Facets against counting by hand, with filters drawn at random."""

from __future__ import annotations

import random

from cms.publishing import reads

FIELDS = ("type", "topic", "municipality", "county", "year", "language")


def test_every_facet_counts_what_passes_all_filters_but_its_own(published, api):
    keys = reads.keys([each["id"] for each in api.get("content/", limit=100)["results"]])
    values = {field: sorted({value for each in keys.values() for value in each.get(field, ())}) for field in FIELDS}
    assert all(values.values())
    absent = {"topic": "ukjent", "municipality": "4601", "county": "46", "year": "1999", "language": "se"}
    chance = random.Random(8)
    for _ in range(40):
        chosen = {
            field: chance.sample([*values[field], *([absent[field]] if field in absent else [])], chance.randint(1, 2))
            for field in chance.sample(FIELDS, chance.randint(0, 3))
            if field != "type" or len(values["type"]) > 1
        }
        response = api.response("search/", limit=100, **{field: ",".join(wanted) for field, wanted in chosen.items()})
        if response.status_code == 400:  # a filter that none of the chosen types has
            assert set(chosen["type"]) <= {"home", "section", "page"}
            continue
        found = response.json()
        expected = {id_ for id_, own in keys.items() if _passes(own, chosen)}
        assert {each["id"] for each in found["results"]} == expected
        assert found["total"] == len(expected)
        for field, facet in found["facets"].items():
            others = {name: wanted for name, wanted in chosen.items() if name != field}
            passing = [own for own in keys.values() if _passes(own, others)]
            counts = {value: sum(value in own.get(field, ()) for own in passing) for value in values.get(field, ())}
            shown = {value["value"]: value["count"] for value in facet["values"]}
            wanted = chosen.get(field, [])
            if field in FIELDS:
                assert shown == {value: n for value, n in counts.items() if n} | {v: counts.get(v, 0) for v in wanted}
            assert [value["value"] for value in facet["values"] if value["selected"]] == [
                v for v in shown if v in wanted
            ]
        expected_broader = {
            field: sum(_passes(own, {name: v for name, v in chosen.items() if name != field}) for own in keys.values())
            for field in chosen
        }
        broader = {each["parameter"]: each["total"] for each in found["broader"]}
        assert broader == ({} if expected else {field: total for field, total in expected_broader.items() if total})


def _passes(own, chosen) -> bool:
    return all(set(wanted) & set(own.get(field, ())) for field, wanted in chosen.items())
