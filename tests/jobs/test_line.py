"""Who goes next."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.jobs.line import Line


class Crowd:
    """Those who come to a line, and what became of them."""

    def __init__(self, places: int) -> None:
        self.line, self.most = Line(places), 0
        self.inside: dict[int, asyncio.Event] = {}
        self.waiting: dict[int, int] = {}
        """Who waits, and at which priority."""
        self.entered: list[int] = []
        self.tasks: dict[int, asyncio.Task[None]] = {}

    def arrive(self, priority: int) -> int:
        """Someone comes; who it is."""
        who = len(self.tasks)
        self.waiting[who] = priority
        self.tasks[who] = asyncio.ensure_future(self._stand(who, priority))
        self.tasks[who].add_done_callback(lambda _: self.waiting.pop(who, None))
        return who

    async def _stand(self, who: int, priority: int) -> None:
        async with self.line.turn(priority):
            del self.waiting[who]
            self.inside[who] = asyncio.Event()
            self.entered.append(who)
            self.most = max(self.most, len(self.inside))
            try:
                await self.inside[who].wait()
            finally:
                del self.inside[who]

    async def settle(self) -> None:
        """Let everyone go as far as they get."""
        for _ in range(6):
            await asyncio.sleep(0)

    async def leave(self) -> None:
        """Everyone inside goes, and those who follow, until nobody is left."""
        while not all(task.done() for task in self.tasks.values()):
            assert self.inside, "they wait for nobody"
            for event in self.inside.values():
                event.set()
            await self.settle()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


async def test_the_lowest_number_goes_first_then_who_came_first() -> None:
    crowd = Crowd(1)
    crowd.arrive(10)
    await crowd.settle()
    assert crowd.entered == [0]
    for priority in (10, 0, 10, 0, 5):
        crowd.arrive(priority)
        await crowd.settle()
    assert crowd.line.waiting == 5
    await crowd.leave()
    assert crowd.entered == [0, 2, 4, 5, 1, 3]
    assert crowd.line.waiting == 0


async def test_a_place_whose_holder_fails_is_free_again() -> None:
    line = Line(1)
    with pytest.raises(ZeroDivisionError):
        async with line.turn(0):
            raise ZeroDivisionError
    async with asyncio.timeout(1), line.turn(0):
        pass


async def test_who_is_called_up_and_cancelled_in_one_moment_gives_the_place_on() -> None:
    crowd = Crowd(1)
    first, second, third = (crowd.arrive(0) for _ in range(3))
    await crowd.settle()
    crowd.inside[first].set()
    # The place is given to the second one, who is cancelled before it knows.
    await asyncio.sleep(0)
    assert first not in crowd.inside
    crowd.tasks[second].cancel()
    await crowd.settle()
    assert second not in crowd.entered
    assert list(crowd.inside) == [third]
    await crowd.leave()


MOVES = st.one_of(
    st.tuples(st.just("arrive"), st.integers(0, 3)),
    st.tuples(st.just("leave"), st.integers(0, 20)),
    st.tuples(st.just("cancel"), st.integers(0, 20)),
    st.tuples(st.just("settle"), st.just(0)),
)


@settings(max_examples=150, deadline=None)
@given(places=st.integers(1, 3), moves=st.lists(MOVES, max_size=30))
def test_however_they_come_and_go_nobody_is_lost_and_no_place_is_left_empty(
    places: int, moves: list[tuple[str, int]]
) -> None:
    async def play() -> None:
        crowd = Crowd(places)
        cancelled: set[int] = set()
        for move, number in moves:
            if move == "arrive":
                crowd.arrive(number)
            elif move == "leave" and crowd.inside:
                list(crowd.inside.values())[number % len(crowd.inside)].set()
            elif move == "cancel" and crowd.tasks:
                who = number % len(crowd.tasks)
                if crowd.tasks[who].cancel():
                    cancelled.add(who)
            elif move == "settle":
                await crowd.settle()
                # As many inside as there is room for, and the line knows how many wait.
                assert len(crowd.inside) == min(places, len(crowd.inside) + len(crowd.waiting))
                assert crowd.line.waiting == len(crowd.waiting)
        await crowd.settle()
        await crowd.leave()
        assert crowd.most <= places
        assert set(crowd.tasks) - set(crowd.entered) <= cancelled
        assert crowd.line.waiting == 0
        async with asyncio.timeout(1):  # every place is free again
            turns = [crowd.arrive(0) for _ in range(places)]
            await crowd.settle()
            assert set(turns) == set(crowd.inside)
            await crowd.leave()

    asyncio.run(play())


@settings(max_examples=80, deadline=None)
@given(priorities=st.lists(st.integers(0, 3), max_size=12))
def test_those_who_wait_go_in_by_priority_then_by_arrival(priorities: list[int]) -> None:
    async def play() -> None:
        crowd = Crowd(1)
        crowd.arrive(0)
        await crowd.settle()
        for priority in priorities:
            crowd.arrive(priority)
        await crowd.settle()
        await crowd.leave()
        order = sorted(range(len(priorities)), key=lambda index: (priorities[index], index))
        assert crowd.entered == [0, *(index + 1 for index in order)]

    asyncio.run(play())
