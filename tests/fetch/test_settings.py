from pathlib import Path

import pytest

from rigwire.errors import UsageError
from rigwire.settings import Settings, load_settings, setting_names


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start in an empty folder, so that no configuration of the machine counts."""
    monkeypatch.chdir(tmp_path)


def environment(tmp_path: Path, **values: str) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home")} | values


def test_defaults(tmp_path: Path) -> None:
    assert load_settings(None, environment(tmp_path)) == Settings()


def test_later_places_win(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text('delay = 1\nretries = 1\ncontact = "file@example.org"\n')
    env = environment(tmp_path, RIGWIRE_RETRIES="3", RIGWIRE_CONTACT="env@example.org", PATH="/bin")
    settings = load_settings(config, env, {"contact": "option@example.org", "workers": None})
    assert settings.delay == 1.0
    assert settings.retries == 3
    assert settings.contact == "option@example.org"
    assert settings.workers == Settings().workers


def test_the_config_file_is_found(tmp_path: Path) -> None:
    user = tmp_path / "home" / ".config" / "rigwire" / "rigwire.toml"
    user.parent.mkdir(parents=True)
    user.write_text("workers = 2\n")
    assert load_settings(None, environment(tmp_path)).workers == 2
    Path("rigwire.toml").write_text("workers = 3\n")
    assert load_settings(None, environment(tmp_path)).workers == 3
    Path("named.toml").write_text("workers = 5\n")
    assert load_settings(None, environment(tmp_path, RIGWIRE_CONFIG="named.toml")).workers == 5


def test_paths_of_a_config_file_are_relative_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "rigwire.toml").write_text('db = "data/news.db"\nsources = ["mine.toml", "/abs/other.toml"]\n')
    settings = load_settings(folder / "rigwire.toml", environment(tmp_path))
    assert settings.db == folder / "data/news.db"
    assert settings.sources == (folder / "mine.toml", Path("/abs/other.toml"))


def test_a_home_folder_that_nobody_has_is_no_home_folder(tmp_path: Path) -> None:
    config = tmp_path / "rigwire.toml"
    config.write_text('db = "~/news.db"\nsources = "~~~nobody~~~t"\n')
    settings = load_settings(config, environment(tmp_path))
    assert settings.db == Path.home() / "news.db"
    assert settings.sources == (tmp_path / "~~~nobody~~~t",)


def test_lists_in_variables(tmp_path: Path) -> None:
    env = environment(
        tmp_path, RIGWIRE_ALLOW_HOSTS="localhost, 127.0.0.1:8000", RIGWIRE_SOURCES="a.toml:b.toml"
    )
    settings = load_settings(None, env)
    assert settings.allow_hosts == ("localhost", "127.0.0.1:8000")
    assert settings.sources == (Path("a.toml"), Path("b.toml"))


def test_variables_that_are_no_settings_are_let_be(tmp_path: Path) -> None:
    assert load_settings(None, environment(tmp_path, RIGWIRE_GOLD="/somewhere")) == Settings()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("delya = 1\n", ["own.toml", "delya", "delay"]),
        ("delay = 'soon'\n", ["own.toml", "delay", "number"]),
        ("delay = true\n", ["delay", "number"]),
        ("delay = nan\n", ["delay", "finite"]),
        ("delay = -1\n", ["delay", "at least 0"]),
        ("workers = 0\n", ["workers", "at least 1"]),
        ("workers = 2.5\n", ["workers", "whole number"]),
        ("read_timeout = 0\n", ["read_timeout", "at least"]),
        ("shipped_sources = 'maybe'\n", ["shipped_sources", "true or false"]),
        ("sources = 3\n", ["sources", "list"]),
        ("sources = [3]\n", ["sources", "path"]),
        ('allow_hosts = ["http://localhost"]\n', ["allow_hosts", "localhost"]),
        ('contact = "a\\r\\nX-Evil: 1"\n', ["contact", "printable"]),
        ('proxy = "proxy.example"\n', ["proxy", "http"]),
        ('ca_bundle = "/no/such.pem"\n', ["ca_bundle", "/no/such.pem"]),
        ("delay = \n", ["own.toml", "TOML"]),
    ],
)
def test_a_broken_config_names_file_and_key(tmp_path: Path, content: str, words: list[str]) -> None:
    config = tmp_path / "own.toml"
    config.write_text(content)
    with pytest.raises(UsageError) as caught:
        load_settings(config, environment(tmp_path))
    message = str(caught.value)
    assert "\n" not in message
    for word in words:
        assert word in message


def test_a_missing_config_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.toml"):
        load_settings(tmp_path / "absent.toml", environment(tmp_path))
    with pytest.raises(UsageError, match="cannot read"):
        load_settings(tmp_path, environment(tmp_path))


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="RIGWIRE_WORKERS"):
        load_settings(None, environment(tmp_path, RIGWIRE_WORKERS="many"))
    with pytest.raises(UsageError, match="did you mean RIGWIRE_CONTACT"):
        load_settings(None, environment(tmp_path, RIGWIRE_CONTCT="me@example.org"))


def test_an_unknown_option_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'workers'"):
        load_settings(None, environment(tmp_path), {"worker": 3})


def test_the_user_agent_says_whom_to_write_to() -> None:
    assert Settings(contact="desk@example.org").user_agent.endswith(" (+desk@example.org)")
    assert Settings().user_agent.startswith("rigwire/")


def test_every_setting_can_come_from_the_environment(tmp_path: Path) -> None:
    texts = {"shipped_sources": "no", "worker_memory_mb": "900", "proxy": "http://p.example", "ca_bundle": __file__}
    names = [name for name in setting_names() if name != "alerts"]
    env = environment(tmp_path, **{f"RIGWIRE_{name.upper()}": texts.get(name, "7") for name in names})
    settings = load_settings(None, env)
    for name in names:
        assert getattr(settings, name) != getattr(Settings(), name)


def test_alerts_come_from_the_file_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"RIGWIRE_ALERTS in the environment: must be \[\[alerts\]\] tables"):
        load_settings(None, environment(tmp_path, RIGWIRE_ALERTS="texas"))
