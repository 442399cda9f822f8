"""The commands of setting up: settings, keys, consent. The first beat needs none of them."""

import sys

import click

from mididrumigen.cli.group import cli, json_option, paths, print_json, run_verb


@cli.group()
def config() -> None:
    """Show the settings, where they are, or begin a file of your own."""


@config.command("show")
def config_show() -> None:
    """Print the settings in force as TOML-like lines."""
    from mididrumigen.cli.say_program import say_config
    from mididrumigen.config import load_config

    found = paths()
    say_config(load_config(found.config), found.config)


@config.command("path")
def config_path() -> None:
    """Print where the configuration file is, or would be."""
    click.echo(paths().config)


@config.command("init")
def config_init() -> None:
    """Write a configuration file with every setting at its default; an existing one is left
    alone.
    """
    from mididrumigen.cli.example import write_example

    path = paths().config
    write_example(path)
    click.echo(f"Wrote {path}")


@cli.group()
def keys() -> None:
    """Set the keys of services that want one; most do not."""


@keys.command("set")
@click.argument("name")
def keys_set(name: str) -> None:
    """Keep the key of NAME in the system's keyring; it is asked for, or read from a pipe.

    Where there is no keyring it goes to a file that you alone may read. A key in the environment
    counts before a kept one.
    """
    from mididrumigen.keys import MAX_KEY_LENGTH, key_kind

    kind = key_kind(name)
    if sys.stdin.isatty():
        key = click.prompt(f"{kind.title} key (get one at {kind.get_at})", hide_input=True)
    else:
        key = sys.stdin.read(2 * MAX_KEY_LENGTH)
    place = run_verb(lambda app: app.setting_up.set_key(kind.name, key))
    where = "the system's keyring" if place == "keyring" else str(paths().keys)
    click.echo(f"The key of {kind.title} is in {where}")


@keys.command("list")
@json_option
def keys_list(as_json: bool) -> None:
    """List the keys that can be set, and where those are that are."""
    states = run_verb(lambda app: app.setting_up.key_states())
    if as_json:
        print_json(
            {"keys": [{"name": s.kind.name, "place": s.place, "end": s.end} for s in states]}
        )
        return
    from mididrumigen.cli.say_program import say_keys

    say_keys(states)


@keys.command("test")
@click.argument("name")
def keys_test(name: str) -> int:
    """Ask the service of NAME whether it takes the key that is set."""
    works, message = run_verb(lambda app: app.check_key(name))
    click.echo(message, err=not works)
    return 0 if works else 1


@keys.command("remove")
@click.argument("name")
def keys_remove(name: str) -> None:
    """Forget the key of NAME; one in the environment stays there."""
    from mididrumigen.errors import NotFound

    if not run_verb(lambda app: app.setting_up.remove_key(name)):
        raise NotFound(f"no key called {name} is kept here", "`mididrumigen keys list` shows all")
    click.echo(f"The key of {name} is forgotten")


@cli.group()
def consent() -> None:
    """Say which sites may be asked that forbid programs to download from them."""


@consent.command("list")
@json_option
def consent_list(as_json: bool) -> None:
    """List the sites that wait for a yes, and what it would be to."""
    sites = run_verb(lambda app: app.setting_up.consents())
    if as_json:
        print_json({"sites": [{"site": s.site, "to": s.to, "since": s.since} for s in sites]})
        return
    from mididrumigen.cli.say_program import say_consents

    say_consents(sites)


@consent.command("allow")
@click.argument("site")
def consent_allow(site: str) -> None:
    """Let SITE be asked; what that means is said by `consent list`."""
    run_verb(lambda app: app.setting_up.consent(site, True))
    click.echo(f"{site} may be asked from now on; `mididrumigen consent revoke {site}` ends that")


@consent.command("revoke")
@click.argument("site")
def consent_revoke(site: str) -> None:
    """Take the yes to SITE back."""
    run_verb(lambda app: app.setting_up.consent(site, False))
    click.echo(f"{site} is not asked any more")
