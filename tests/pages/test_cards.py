"""Cards on shared pages: each app deals its own, nobody sees an empty one."""

from livinglab.kernel.cards import Card, card, cards_for


def test_cards_come_in_their_order_and_silence_leaves_no_gap():
    @card("test-spot", order=20)
    def second(person, thing):
        return Card("b.html", {"thing": thing})

    @card("test-spot", order=10)
    def first(person, thing):
        return Card("a.html") if person else None

    assert [c.template for c in cards_for("test-spot", "somebody")] == [
        "a.html",
        "b.html",
    ]
    assert [c.template for c in cards_for("test-spot", None, "x")] == ["b.html"]
    assert cards_for("test-spot", None, "x")[0].facts == {"thing": "x"}


def test_the_same_card_is_dealt_once():
    def only(person, thing):
        return Card("a.html")

    card("test-once", order=1)(only)
    card("test-once", order=1)(only)
    assert len(cards_for("test-once", None)) == 1


def test_an_unknown_spot_is_empty():
    assert cards_for("nowhere", None) == []
