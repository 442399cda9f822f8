"""What the calls of setting up do: settings, sources, consent, keys, the device for Live.

Conventions: as in `handlers`. A key goes in and never comes out again: of one that is set its place
and its last characters are told.
"""

import asyncio
import dataclasses
from pathlib import Path
from typing import Any

from aiohttp import web

from mididrumigen.app.device import DEVICE, device_file, install_device
from mididrumigen.config import settings_json
from mididrumigen.errors import NotFound
from mididrumigen.sources.registry import SOURCES
from mididrumigen.web import set_up_models as models
from mididrumigen.web.handlers import Asked, Desk


async def settings(desk: Desk, asked: Asked) -> dict[str, Any]:
    """The settings in force."""
    return {"path": str(desk.app.paths.config), "settings": settings_json(desk.app.config)}


async def change_settings(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Change settings in the file and in force; null takes one back to its default."""
    await desk.app.setting_up.change(asked.body.settings)
    return await settings(desk, asked)


async def sources(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Every origin of evidence: whether it is asked, what it wants, whom to credit."""
    have = await desk.app.setting_up.key_states()
    placed = {state.kind.name for state in have if state.place}
    allowed = await desk.app.setting_up.allowed()
    told = []
    for source in SOURCES:
        card = source.card
        setting = desk.app.config.sources[card.name]
        wants = ""
        if card.needs_key and card.key not in placed:
            wants = "key"
        elif card.consent and card.name not in allowed:
            wants = "consent"
        elif card.needs_address and not setting.base_url:
            wants = "address"
        told.append(
            {
                "name": card.name,
                "title": card.title,
                "kind": card.kind,
                "enabled": setting.enabled,
                "wants": wants,
                "key": card.key,
                "licence": card.licence,
                "address": setting.base_url or card.base_url,
                "is_local": card.is_local,
            }
        )
    return {"online": desk.app.network.is_on, "sources": told}


async def consents(desk: Desk, asked: Asked) -> dict[str, Any]:
    """The sites that are asked only after the user said yes, and whether."""
    return {"sites": [dataclasses.asdict(c) for c in await desk.app.setting_up.consents()]}


async def consent(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Say yes to a site, or take it back."""
    body: models.ConsentBody = asked.body
    await desk.app.setting_up.consent(body.site, body.allowed)
    return await consents(desk, asked)


async def keys(desk: Desk, asked: Asked) -> dict[str, Any]:
    """The keys that can be set, and where those are that are."""
    return {
        "keys": [
            {**dataclasses.asdict(state.kind), "place": state.place, "end": state.end}
            for state in await desk.app.setting_up.key_states()
        ]
    }


async def set_key(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Keep a key in the system's keyring, or where there is none in a file of the user's."""
    name = asked.request.match_info["name"]
    key = asked.body.key.get_secret_value()
    return {"name": name, "place": await desk.app.setting_up.set_key(name, key)}


async def remove_key(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Forget a key."""
    name = asked.request.match_info["name"]
    if not await desk.app.setting_up.remove_key(name):
        raise NotFound(f"no key called {name} is kept here")
    return {"name": name, "place": ""}


async def test_key(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Ask the service whether it takes a key that is set; `works` is null where it does not
    answer.
    """
    name = asked.request.match_info["name"]
    works, message = await desk.app.check_key(name)
    return {"name": name, "works": works, "message": message}


async def device(desk: Desk, asked: Asked) -> web.Response:
    """The device for Ableton Live."""
    body = await asyncio.to_thread(device_file().read_bytes)
    return web.Response(
        body=body,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{DEVICE}"'},
    )


async def put_device(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Put the device where Ableton Live finds it."""
    folder = asked.body.user_library
    if folder and not await asyncio.to_thread(Path(folder).is_dir):
        raise NotFound(f"there is no folder {folder}", "Live shows its own under Settings, Library")
    path = await asyncio.to_thread(install_device, Path(folder) if folder else None)
    return {"path": str(path)}
