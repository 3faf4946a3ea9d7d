"""`auditor check` and `auditor baseline` as a user meets them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from auditor.cli import app
from tests.articles import PLANTED_LINE, people, plant, write_articles
from tests.conftest import SEEDS

PATTERN = "content/{name}.{lang}.md"
WRONG = "4711"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with an empty cache, as the root of a repository."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repository")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def auditor(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def refused(result: Result, status: int) -> str:
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("auditor: ")
    return result.stderr


def annotations(result: Result, level: str = "error") -> list[str]:
    return [line for line in result.stdout.splitlines() if line.startswith(f"::{level} ")]


def findings(result: Result, status: str = "new") -> list[dict[str, object]]:
    return [f for f in json.loads(result.stdout)["findings"] if f["status"] == status]


class TestTheAcceptance:
    """Forty pairs, as a new user would try it."""

    def test_a_planted_error_the_baseline_an_edit_and_a_second_error(self):
        write_articles(Path("content"), 40)
        clean = auditor("check", PATTERN, "--format", "github")
        assert clean.exit_code == 0, clean.output
        assert annotations(clean) == []
        assert "40 articles audited" in clean.stdout

        german, french = (Path(f"content/article-23.{code}.md") for code in ("de", "fr"))
        plant(german, people(23), WRONG)
        failed = auditor("check", PATTERN, "--format", "github")
        assert failed.exit_code == 1
        (annotation,) = annotations(failed)
        assert "article-23." in annotation
        assert f"line={PLANTED_LINE}," in annotation
        assert WRONG in annotation

        created = auditor("baseline", "create", PATTERN)
        assert created.exit_code == 0, created.output
        silent = auditor("check", PATTERN, "--format", "github")
        assert silent.exit_code == 0, silent.output
        assert annotations(silent) == []
        assert "0 new (0 blocking), 1 accepted, 0 fixed" in silent.stdout

        plant(french, "après deux ans de travaux", "après deux longues années de travaux")
        plant(german, "nach zwei Jahren Bauzeit", "nach zwei langen Jahren Bauzeit")
        edited = auditor("check", PATTERN, "--format", "github")
        assert edited.exit_code == 0, edited.output
        assert "1 accepted" in edited.stdout

        plant(Path("content/article-05.fr.md"), people(5), WRONG)
        again = auditor("check", PATTERN, "--format", "github")
        assert again.exit_code == 1
        (annotation,) = annotations(again)
        assert "article-05." in annotation
        assert f"line={PLANTED_LINE}," in annotation

        plant(german, WRONG, people(23))
        mended = auditor("check", PATTERN)
        assert "Fixed, no longer in the text: content/article-23" in mended.stdout
        assert "1 fixed" in mended.stdout
        auditor("baseline", "prune", PATTERN)
        assert json.loads(Path("auditor-baseline.json").read_text("utf-8"))["entries"] == []

    @pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
    def test_a_killed_run_leaves_no_broken_file_and_the_next_one_is_right(self, place: Path):
        write_articles(Path("content"), 40)
        plant(Path("content/article-39.de.md"), people(39), WRONG)
        command = [sys.executable, "-m", "auditor", "check", PATTERN, "-o", "out.json"]
        cache = place / "cache" / "translation-auditor"
        for _ in range(3):
            running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            deadline = time.monotonic() + 60
            while not list(cache.glob("*.sqlite3")) and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(0.3)
            running.send_signal(signal.SIGKILL)
            running.wait()
            if (written := Path("out.json")).exists():
                json.loads(written.read_text("utf-8"))
        result = auditor("check", PATTERN, "--format", "json", "-o", "out.json")
        assert result.exit_code == 1
        (finding,) = findings(result)
        assert "article-39" in str(finding["path"])
        assert json.loads(Path("out.json").read_text("utf-8")) == json.loads(result.stdout)


class TestWhatIsChecked:
    def test_pairs_on_the_command_line(self):
        write_articles(Path("content"), 2)
        names = [str(path) for path in Path("content").iterdir()]
        result = auditor("check", *names)
        assert result.exit_code == 0
        assert "2 articles audited" in result.stdout

    def test_two_files_whose_names_say_nothing(self):
        names = [f"{code}={SEEDS / f'harbour-wind.{code}.txt'}" for code in ("fr", "de")]
        assert auditor("check", *names).exit_code == 1

    def test_a_folder_and_a_list(self):
        write_articles(Path("content"), 2)
        plant(Path("content/article-01.de.md"), people(1), WRONG)
        assert auditor("check", "content").exit_code == 1
        Path("list.csv").write_text(
            "id,language,path\nx,fr,content/article-00.fr.md\nx,de,content/article-00.de.md\n",
            "utf-8",
        )
        result = auditor("check", "list.csv", "--format", "json")
        assert result.exit_code == 0
        assert [a["id"] for a in json.loads(result.stdout)["articles"]] == ["x"]

    def test_a_folder_whose_names_say_nothing_is_paired_by_content(self):
        write_articles(Path("content"), 1)
        Path("content/article-00.fr.md").rename("content/la-bibliotheque.md")
        Path("content/article-00.de.md").rename("content/die-bibliothek.md")
        result = auditor("check", "content")
        assert result.exit_code == 0
        assert "1 article audited" in result.stdout
        assert "was paired by what its files say" in result.stderr

    def test_the_configuration_names_the_articles_also_from_a_folder_below(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        write_articles(Path("content"), 2)
        plant(Path("content/article-01.de.md"), people(1), WRONG)
        Path("auditor.toml").write_text(f"articles = ['{PATTERN}']\n", "utf-8")
        first = auditor("check", "--format", "json")
        monkeypatch.chdir("content")
        second = auditor("check", "--format", "json")
        assert first.exit_code == second.exit_code == 1
        assert [f["path"] for f in findings(first)] == [f["path"] for f in findings(second)]
        assert str(findings(first)[0]["path"]).startswith("content/")

    def test_a_document_that_reads_like_another_language_is_noticed(self):
        write_articles(Path("content"), 2)
        text = Path("content/article-00.de.md").read_text("utf-8")
        Path("content/article-00.fr.md").write_text(text, "utf-8")
        result = auditor("check", "content/article-00.de.md", "--format", "github")
        assert any("reads like German" in notice for notice in annotations(result, "notice"))

    def test_a_hostile_name_is_refused_on_one_harmless_line(self):
        error = refused(auditor("check", "::error::\n\x1b[31m\u202ex.fr.md"), 2)
        assert "\x1b" not in error
        assert "\u202e" not in error

    def test_nothing_named(self):
        assert "articles" in refused(auditor("check"), 2)

    def test_nothing_there(self):
        refused(auditor("check", PATTERN), 3)
        Path("empty").mkdir()
        refused(auditor("check", "empty"), 3)

    def test_one_unreadable_pair_among_many(self):
        write_articles(Path("content"), 4)
        plant(Path("content/article-01.de.md"), people(1), WRONG)
        Path("content/article-02.fr.md").write_bytes(bytes(range(256)) * 20)
        for form in ("text", "github", "json", "junit", "sarif", "gitlab", "rdjson", "csv"):
            result = auditor("check", PATTERN, "--format", form)
            assert result.exit_code == 2, form
            assert WRONG in result.stdout
            assert "article-02" in result.output
        assert "3 articles audited" in result.stderr

    def test_an_empty_document_is_nothing_to_audit(self):
        write_articles(Path("content"), 2)
        Path("content/article-01.fr.md").write_text("", "utf-8")
        assert auditor("check", PATTERN).exit_code == 3

    def test_texts_that_are_no_translations(self):
        names = [str(SEEDS / f"two-stations.{code}.txt") for code in ("fr", "de")]
        result = auditor("check", *names)
        assert result.exit_code == 3
        assert "not translations of one another" in result.stdout

    def test_an_encoder_that_is_not_there(self):
        write_articles(Path("content"), 2)
        refused(auditor("check", PATTERN, "--encoder", str(Path("none").absolute())), 2)


class TestPlaces:
    """Lines and columns are those of the source file, whatever its markup hides."""

    def places(self, ending: str, texts: dict[str, str]) -> set[tuple[object, object, object]]:
        for code, text in texts.items():
            Path(f"a.{code}.{ending}").write_bytes(text.encode("utf-8"))
        result = auditor("check", f"a.fr.{ending}", "--format", "json", "--fail-on", "minor")
        assert result.exit_code == 1, result.output
        spans = [span for finding in findings(result) for span in finding["spans"]]  # type: ignore[attr-defined]
        return {(span["document"], span["line"], span["column"]) for span in spans}

    def test_html(self):
        french = (
            "<p>L&rsquo;&eacute;t&eacute;,\n<b>la ville</b> attend <i>4711</i> visiteurs.</p>\n"
        )
        german = "<!-- x -->\n<p>Im Sommer erwartet die Stadt\n  <em>250</em> Besucher.</p>\n"
        texts = {"fr": french, "de": german}
        assert self.places("html", texts) == {("fr", 2, 27), ("de", 3, 7)}

    def test_markdown_with_front_matter_and_windows_line_ends(self):
        sentence = "En été, la [ville](http://x) attend **4711** visiteurs."
        french = f"---\r\ntitle: x\r\n---\r\n\r\n{sentence}\r\n"
        german = "# Sommer\r\n\r\nIm Sommer erwartet die Stadt *250* Besucher.\r\n"
        assert self.places("md", {"fr": french, "de": german}) == {("fr", 5, 39), ("de", 3, 31)}


class TestConfiguration:
    def test_rules_severities_ignores_and_paths(self):
        write_articles(Path("content"), 3)
        write_articles(Path("legal"), 1)
        for path in (Path("content/article-01.de.md"), Path("legal/article-00.de.md")):
            text = path.read_text("utf-8")
            for number in (people(0), people(1)):
                text = text.replace(number, WRONG)
            path.write_text(text, "utf-8")
        slug = str(findings(auditor("check", "content", "--format", "json"))[0]["rule"])

        def status(text: str, *what: str) -> int:
            Path("auditor.toml").write_text(text, "utf-8")
            return auditor("check", *(what or ("content", "legal"))).exit_code

        assert status("") == 1
        assert status(f"[rules]\n{slug} = 'off'\n") == 0
        assert status(f"[rules]\n{slug} = 'minor'\n") == 0
        assert status(f"ignore = ['^{WRONG}$']\n") == 0
        section = "[[paths]]\nmatch = ['content/**']\n"
        assert status(f"{section}[paths.rules]\n{slug} = 'off'\n", "content") == 0
        assert status(f"{section}[paths.rules]\n{slug} = 'off'\n", "legal") == 1
        assert status(f"{section}[paths.gate]\nfail-on = 'critical'\n", "content") == 0

    def test_it_is_shown_with_its_origins(self):
        Path("auditor.toml").write_text("[gate]\nmin-score = 80\n", "utf-8")
        shown = auditor("check", "--show-config", "--fail-on", "minor").stdout
        assert "min-score = 80  # auditor.toml" in shown
        assert 'fail-on = "minor"  # --fail-on' in shown
        assert 'encoder = "embedded"  # default' in shown

    @pytest.mark.parametrize(
        "command",
        [
            ["check", "content"],
            ["audit", "a", "b"],
            ["align", "a", "b"],
            ["score", "p"],
            ["pair", "x"],
        ],
    )
    def test_every_command_reads_it(self, command: list[str]):
        Path("auditor.toml").write_text("encodr = 'x'\n", "utf-8")
        assert "Is 'encoder' meant?" in refused(auditor(*command), 2)

    def test_an_audit_follows_it(self):
        write_articles(Path("content"), 1)
        plant(Path("content/article-00.de.md"), people(0), WRONG)
        names = [f"content/article-00.{code}.md" for code in ("fr", "de")]
        Path("auditor.toml").write_text(f"ignore = ['^{WRONG}$']\n", "utf-8")
        result = auditor("audit", *names, "-o", "-", "--format", "json")
        audit = json.loads(result.stdout)
        assert audit["findings"] == []
        assert "|config:" in audit["signature"]

    def test_an_unused_ignore_is_noticed(self):
        write_articles(Path("content"), 1)
        path = Path("content/article-00.fr.md")
        text = path.read_text("utf-8")
        path.write_text(f"<!-- auditor: ignore-next -->\n{text}", "utf-8")
        result = auditor("check", "content", "--format", "github")
        assert result.exit_code == 0
        (notice,) = annotations(result, "notice")
        assert "article-00.fr.md,line=1," in notice
        assert "Unused" in notice

    def test_an_ignore_silences(self):
        write_articles(Path("content"), 1)
        path = Path("content/article-00.de.md")
        plant(path, people(0), WRONG)
        lines = path.read_text("utf-8").split("\n")
        lines.insert(PLANTED_LINE - 1, "<!-- auditor: ignore-next -->")
        path.write_text("\n".join(lines), "utf-8")
        result = auditor("check", "content")
        assert result.exit_code == 0, result.output
        assert "1 ignored" in result.stdout


class TestBaseline:
    def test_create_refuses_to_replace_and_update_keeps_notes(self):
        write_articles(Path("content"), 3)
        plant(Path("content/article-00.de.md"), people(0), WRONG)
        assert auditor("baseline", "create", "content", "-o", "known.json").exit_code == 0
        assert "--force" in refused(auditor("baseline", "create", "content", "-o", "known.json"), 2)
        path = Path("known.json")
        path.write_text(path.read_text("utf-8").replace('"note": ""', '"note": "Lu."'), "utf-8")
        plant(Path("content/article-01.de.md"), people(1), WRONG)
        assert auditor("check", "content", "--baseline", "known.json").exit_code == 1
        assert auditor("baseline", "update", "content", "--baseline", "known.json").exit_code == 0
        entries = json.loads(path.read_text("utf-8"))["entries"]
        assert [entry["note"] for entry in entries] == ["Lu.", ""]
        assert auditor("check", "content", "--baseline", "known.json").exit_code == 0

    def test_what_is_not_looked_at_stays(self):
        write_articles(Path("content"), 2)
        for number in (0, 1):
            plant(Path(f"content/article-0{number}.de.md"), people(number), WRONG)
        auditor("baseline", "create", "content")
        plant(Path("content/article-00.de.md"), WRONG, people(0))
        auditor("baseline", "update", "content/article-01.fr.md")
        assert len(json.loads(Path("auditor-baseline.json").read_text("utf-8"))["entries"]) == 2
        auditor("baseline", "update", "content/article-00.fr.md")
        assert len(json.loads(Path("auditor-baseline.json").read_text("utf-8"))["entries"]) == 1

    def test_one_that_is_named_must_be_there(self):
        write_articles(Path("content"), 1)
        refused(auditor("check", "content", "--baseline", "no.json"), 2)
        refused(auditor("baseline", "prune", "content"), 2)

    def test_the_order_of_the_documents_does_not_matter(self):
        write_articles(Path("content"), 1)
        names = [f"content/article-00.{code}.md" for code in ("fr", "de")]
        plant(Path(names[1]), people(0), WRONG)
        auditor("baseline", "create", *names)
        assert auditor("check", *names[::-1]).exit_code == 0


class TestOutput:
    def test_files_beside_standard_output(self):
        write_articles(Path("content"), 1)
        plant(Path("content/article-00.de.md"), people(0), WRONG)
        outputs = ["a.sarif", "a.xml", "a.csv", "gitlab=gl.json", "a.json", "a.txt"]
        options = [part for output in outputs for part in ("-o", output)]
        assert auditor("check", "content", *options).exit_code == 1
        assert json.loads(Path("a.sarif").read_text("utf-8"))["version"] == "2.1.0"
        assert isinstance(json.loads(Path("gl.json").read_text("utf-8")), list)
        assert not Path("gl.json").read_bytes().startswith(b"\xef\xbb\xbf")
        assert "blocks" in Path("a.txt").read_text("utf-8")

    def test_a_format_that_nobody_knows(self):
        write_articles(Path("content"), 1)
        refused(auditor("check", "content", "-o", "a.docx"), 2)

    def test_the_step_summary_is_added_to(self, monkeypatch: pytest.MonkeyPatch):
        write_articles(Path("content"), 1)
        Path("summary.md").write_text("before\n", "utf-8")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(Path("summary.md").absolute()))
        auditor("check", "content", "--format", "github")
        page = Path("summary.md").read_text("utf-8")
        assert page.startswith("before\n### Translation audit: passed.")

    @pytest.mark.parametrize("form", ["text", "github", "json", "junit", "sarif", "csv"])
    def test_exit_statuses_are_the_same_in_every_format(self, form: str):
        write_articles(Path("content"), 1)
        assert auditor("check", "content", "--format", form).exit_code == 0
        plant(Path("content/article-00.de.md"), people(0), WRONG)
        assert auditor("check", "content", "--format", form).exit_code == 1
        assert auditor("check", "content", "--format", form, "--exit-zero").exit_code == 0

    def test_a_hostile_article_reaches_no_output(self):
        write_articles(Path("content"), 1)
        evil = "::error file=x::\x1b[m \u202e##[group]x</script>\r=A @all "
        for code in ("fr", "de"):
            path = Path(f"content/article-00.{code}.md")
            path = path.rename(f"content/::error::\n##[group]\u202e.{code}.md")
        plant(path, f"brachten {people(0)} ", f"brachten {evil}{WRONG} ")
        for form in ("text", "full", "github", "gitlab", "sarif", "junit", "rdjson", "json", "csv"):
            result = auditor("check", "content", "--format", form, "--fail-on", "minor")
            assert result.exit_code == 1
            assert WRONG in result.stdout
            # "</script" may be quoted: none of these is HTML, which escapes it (tests/render).
            for sign in ("\x1b", "\u202e", "##["):
                assert sign not in result.stdout
            commands = [c for c in result.stdout.splitlines() if c.lstrip().startswith("::")]
            assert all(c.startswith(("::error file=content/", "::warning ")) for c in commands)


class TestCache:
    def test_answers_are_the_same_with_and_without(self):
        write_articles(Path("content"), 3)
        plant(Path("content/article-01.de.md"), people(1), WRONG)
        fresh = auditor("check", "content", "--format", "json", "--no-cache")
        first = auditor("check", "content", "--format", "json")
        second = auditor("check", "content", "--format", "json")
        assert fresh.stdout == first.stdout == second.stdout

    def test_unchanged_pairs_are_not_audited_again(self, monkeypatch: pytest.MonkeyPatch):
        write_articles(Path("content"), 3)
        auditor("check", "content", "--cache-dir", "kept")
        from auditor import auditing

        asked: list[str] = []
        audit = auditing.audit

        def counted(documents, *rest):  # type: ignore[no-untyped-def]
            asked.append(documents[0].path)
            return audit(documents, *rest)

        monkeypatch.setattr(auditing, "audit", counted)
        auditor("check", "content", "--cache-dir", "kept")
        assert asked == []
        plant(Path("content/article-01.de.md"), people(1), WRONG)
        assert auditor("check", "content", "--cache-dir", "kept").exit_code == 1
        assert len(asked) == 1
        Path("auditor.toml").write_text("ignore = ['x']\n", "utf-8")
        auditor("check", "content", "--cache-dir", "kept")
        assert len(asked) == 4
        auditor("check", "content", "--cache-dir", "kept", "--no-cache")
        assert len(asked) == 7

    def test_the_working_directory_does_not_matter(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ):
        write_articles(Path("content"), 2)
        auditor("check", "content", "--cache-dir", str(place / "kept"))
        from auditor import auditing

        monkeypatch.setattr(auditing, "audit", lambda *_: 1 / 0)
        monkeypatch.chdir("content")
        assert auditor("check", ".", "--cache-dir", str(place / "kept")).exit_code == 0

    def test_a_broken_cache_is_thrown_away(self):
        write_articles(Path("content"), 2)
        Path("kept").mkdir()
        Path("kept/audits-1.sqlite3").write_bytes(b"nonsense" * 1000)
        result = auditor("check", "content", "--cache-dir", "kept")
        assert result.exit_code == 0
        assert result.stderr == ""

    def test_the_default_place_is_the_users_cache(self, place: Path):
        write_articles(Path("content"), 1)
        auditor("check", "content")
        assert list((place / "cache").rglob("*.sqlite3")) or sys.platform != "linux"


def test_nothing_heavy_is_loaded_for_help():
    code = "import sys; import auditor.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    names = {name.split(".")[0] for name in loaded.stdout.split()}
    assert not names & {"numpy", "sqlite3", "lxml", "jinja2", "re2", "platformdirs", "sacrebleu"}


@pytest.mark.parametrize("command", [["check"], ["baseline"], ["baseline", "create"]])
def test_help_has_an_example(command: list[str]):
    result = auditor(*command, "--help")
    assert result.exit_code == 0
    assert "Example: auditor" in result.stdout
