"""Waiting for the next thing to see."""

import asyncio

from mididrumigen.jobs.watch import Watch


async def test_what_is_so_already_is_not_waited_for() -> None:
    async with asyncio.timeout(1):
        await Watch().changed(lambda: True, 60)


async def test_everyone_who_waits_is_woken() -> None:
    watch, seen = Watch(), []

    async def wait(who: int) -> None:
        await watch.changed(lambda: bool(told), 60)
        seen.append(who)

    told: list[int] = []
    waiting = [asyncio.ensure_future(wait(who)) for who in range(50)]
    await asyncio.sleep(0)
    told.append(1)
    watch.tell()
    async with asyncio.timeout(1):
        await asyncio.gather(*waiting)
    assert sorted(seen) == list(range(50))


async def test_a_change_that_is_not_enough_is_waited_past() -> None:
    watch, count = Watch(), 0
    waiting = asyncio.ensure_future(watch.changed(lambda: count == 3, 60))
    for _ in range(3):
        await asyncio.sleep(0.01)
        assert not waiting.done()
        count += 1
        watch.tell()
    async with asyncio.timeout(1):
        await waiting


async def test_time_is_up_at_the_time_whatever_is_told_meanwhile() -> None:
    watch = Watch()
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def chatter() -> None:
        while True:
            watch.tell()
            await asyncio.sleep(0.01)

    talking = asyncio.ensure_future(chatter())
    await watch.changed(lambda: False, 0.15)
    talking.cancel()
    assert 0.14 <= loop.time() - began < 1


async def test_one_who_gives_up_waiting_takes_nobody_along() -> None:
    watch, told = Watch(), []
    first, second = (asyncio.ensure_future(watch.changed(lambda: bool(told), 60)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    told.append(1)
    watch.tell()
    async with asyncio.timeout(1):
        await second
