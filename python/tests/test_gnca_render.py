"""The package against the real program, which GNCA_RENDER names: `make test-python` installs the wheel and runs it."""

import base64
import contextlib
import importlib.metadata
import io
import os
import pathlib
import re
import signal
import stat
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import numpy

import gnca_render

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"
TURTLE = SAMPLES / "turtle.ckpt"
LIZARD = SAMPLES / "lizard.ckpt"


class TorchTensor:
    """What the package takes for a tensor of PyTorch: it gives an array only when asked in this order."""

    def __init__(self, array, steps=("detach", "cpu", "float", "numpy")):
        self.array, self.steps = array, steps
        self.shape = array.shape

    def __getattr__(self, name):
        if not self.steps or name != self.steps[0]:
            raise AttributeError(name)
        return lambda: TorchTensor(self.array, self.steps[1:]) if self.steps[1:] else self.array


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        # What is left behind in the folder of temporary files, a test can see.
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        for change in (
            mock.patch.dict(os.environ, TMPDIR=str(self.temporary)),
            mock.patch.object(tempfile, "tempdir", str(self.temporary)),
        ):
            change.start()
            self.addCleanup(change.stop)

    def tearDown(self):
        self.assertEqual(list(self.temporary.iterdir()), [], "temporary files are left")

    def path(self, name):
        return str(self.folder / name)

    def wrapper(self, line):
        """A program that does something and becomes the real one."""
        path = self.folder / "wrapper"
        path.write_text(f'#!/bin/sh\n{line}\nexec "{os.environ["GNCA_RENDER"]}" "$@"\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    def tensors(self):
        """The turtle's tensors and settings."""
        gnca_render.convert(TURTLE, self.path("turtle.npz"), overwrite=True)
        with numpy.load(self.path("turtle.npz")) as archive:
            return dict(archive)

    def frames(self, model, **options):
        """The frames of a short film, as bytes."""
        return gnca_render.render(model, "-", format="y4m", steps=8, scale=2, **options)


class OptionTests(Case):
    def test_keywords_are_the_programs_options(self):
        film = gnca_render.render(
            TURTLE, self.path("a.gif"), steps=8, steps_per_frame=2, hold=0.5, scale=4, angle=-45, random_seed=7,
            reproducible=True, overwrite=False)  # fmt: skip
        self.assertEqual(film, pathlib.Path(self.path("a.gif")))
        command = film.read_bytes()
        for word in (b"--steps=8", b"--steps-per-frame=2", b"--hold=0.5", b"--angle=-45", b" --reproducible"):
            self.assertIn(word, command)
        self.assertNotIn(b"--overwrite", command)

    def test_lists_repeat_an_option_that_can_be_repeated_and_are_joined_for_others(self):
        films = gnca_render.render(
            [TURTLE, str(LIZARD)], [self.path("a.gif"), self.path("b.apng")], steps=8, scale=4,
            caption=["one", "two, three"], overlay=["hidden", "counter"], start=[(20, 20), (40, 30)],
            encoder_option={})  # fmt: skip
        self.assertEqual([film.name for film in films], ["a.gif", "b.apng"])
        command = films[0].read_bytes()
        self.assertIn(b"--caption=one '--caption=two, three' --overlay=hidden,counter", command)
        self.assertIn(b"--start=20,20 --start=40,30", command)
        self.assertTrue(films[1].read_bytes().startswith(b"\x89PNG"))

    def test_numbers_of_numpy_and_ranges_are_spelled_like_pythons(self):
        still = gnca_render.figure(
            "strip", TURTLE, self.path("a.svg"), steps=range(0, 60, 20), random_seed=numpy.int64(3))
        self.assertIn("--steps=0,20,40 --random-seed=3", still.read_text(encoding="utf-8"))
        self.assertIn("step 4, ", gnca_render.render(TURTLE, self.path("a.gif"), steps=4, dry_run=numpy.True_))

    def test_an_array_of_no_dimensions_is_a_number(self):
        plan = gnca_render.render(TURTLE, self.path("a.gif"), steps=numpy.array(4), dry_run=True)
        self.assertIn("step 4, ", plan)

    def test_every_kind_of_path_is_a_path(self):
        with os.scandir(SAMPLES) as entries:
            entry = next(each for each in entries if each.name == "turtle.ckpt")
        for model in (entry, os.fsencode(TURTLE), TURTLE):
            self.assertEqual(gnca_render.inspect(model)["grid"], "72x72")

    def test_outputs_of_a_generator_come_back(self):
        outputs = (self.path(name) for name in ("a.gif", "b.gif"))
        films = gnca_render.render(TURTLE, outputs, steps=2, scale=2)
        self.assertEqual([film.name for film in films if film.exists()], ["a.gif", "b.gif"])

    def test_a_film_to_standard_output_comes_back_however_it_is_named(self):
        expected = self.frames(TURTLE)
        for output in (["-"], pathlib.Path("-")):
            self.assertEqual(gnca_render.render(TURTLE, output, format="y4m", steps=8, scale=2), expected)

    def test_a_reserved_word_takes_an_underscore(self):
        model = gnca_render.train(SAMPLES / "turtle.png", self.path("m.ckpt"), iterations=2, size=12, from_=TURTLE)
        self.assertEqual(model["file"], self.path("m.ckpt"))
        self.assertTrue(model["provenance"]["training.start_model"])

    def test_an_unknown_option_is_refused_by_the_program_whatever_its_value(self):
        for value in (4, True, False, None):
            sentence = r"^Unknown option '--stepz': did you mean --steps\?"
            with self.assertRaisesRegex(gnca_render.UsageError, sentence) as caught:
                gnca_render.render(TURTLE, self.path("a.gif"), stepz=value)
            self.assertEqual(caught.exception.exit_code, 64)
            self.assertIn("--stepz", caught.exception.command)

    def test_a_word_is_no_flag_and_a_flag_is_no_word(self):
        with self.assertRaisesRegex(gnca_render.UsageError, "--overwrite"):
            gnca_render.render(TURTLE, self.path("a.gif"), overwrite="yes")
        with self.assertRaisesRegex(gnca_render.UsageError, '--loop is "True"'):
            gnca_render.render(TURTLE, self.path("a.gif"), loop=True)

    def test_a_model_whose_name_begins_with_a_dash_is_no_option(self):
        with self.assertRaisesRegex(gnca_render.DataError, "^-turtle.ckpt: there is no such file"):
            gnca_render.inspect("-turtle.ckpt")

    def test_every_subcommand_of_the_program_has_a_function(self):
        described = gnca_render._program._describe(gnca_render._program._find(), 0)
        # Help and versions are texts: run() gives them.
        functions = {"list_names" if name == "list" else name for name in described if name not in ("help", "version")}
        self.assertLessEqual(functions, set(gnca_render.__all__))
        self.assertIn("--scenario", gnca_render.run("help", "render"))
        with self.assertRaisesRegex(ValueError, "no subcommand 'rendr'"):
            gnca_render.run("rendr")


class ResultTests(Case):
    def test_scores_are_a_dictionary(self):
        scores = gnca_render.evaluate([TURTLE, self.tensors()], SAMPLES / "turtle.png", padding=16, trials=1)
        first, second = scores["models"]
        self.assertEqual((first["model"], second["model"]), (str(TURTLE), "model.npz"))
        self.assertEqual(first["losses"], second["losses"])
        self.assertEqual([each["step"] for each in first["losses"]], [80, 200, 1000, 2000])
        circle = first["recoveries"][0]
        self.assertEqual((circle["damage"], circle["survived"]), ("one circle", 1.0))
        self.assertTrue(20 < circle["psnr"] < 60 and circle["psnr_worst"] <= circle["psnr"])

    def test_scores_are_written(self):
        path = gnca_render.evaluate(TURTLE, SAMPLES / "turtle.png", output=self.path("scores.csv"), trials=1)
        self.assertTrue(path.read_text().startswith("model,after,step,trials,loss,psnr,"))

    def test_what_a_model_is_is_a_dictionary(self):
        self.assertEqual(gnca_render.inspect(TURTLE)["grid"], "72x72")

    def test_names_are_listed(self):
        names = gnca_render.list_names()
        self.assertIn("regen", [scenario["name"] for scenario in names["scenarios"]])

    def test_conversion_tells_what_is_lost(self):
        said = gnca_render.convert(TURTLE, self.path("turtle.json"))
        self.assertIn("layer 1 is rounded to 8 bits", said)

    def test_a_batch_gives_a_dictionary_a_job(self):
        jobs = self.folder / "jobs.yaml"
        jobs.write_text(f"jobs:\n  - figure: strip\n    kind: strip\n    models: {TURTLE}\n    output: strip.svg\n")
        options = {"root": [self.folder, SAMPLES]}
        self.assertEqual([job["state"] for job in gnca_render.batch(jobs, list=True, **options)], ["new"])
        self.assertIn("gnca-render figure strip", gnca_render.batch(jobs, dry_run=True, **options))
        (job,) = gnca_render.batch(jobs, **options)
        self.assertEqual((job["job"], (self.folder / "strip.svg").exists()), ("strip", True))

    def test_targets_and_snippets_are_written(self):
        picture = gnca_render.target(SAMPLES / "turtle.png", self.path("seen.png"), padding=4)
        self.assertTrue(picture.read_bytes().startswith(b"\x89PNG"))
        film = gnca_render.render(TURTLE, self.path("a.gif"), steps=2)
        self.assertIn("a.gif", gnca_render.embed(film, self.path("a.html")).read_text())

    def test_the_version_is_the_repositorys(self):
        version = (REPOSITORY / "VERSION").read_text().strip()
        self.assertEqual((gnca_render.__version__, importlib.metadata.version("gnca-render")), (version, version))


class StateDictionaryTests(Case):
    def test_tensors_give_the_film_of_their_file(self):
        expected = self.frames(TURTLE)
        self.assertEqual(self.frames(self.tensors()), expected)
        self.assertNotEqual(self.frames(LIZARD), expected)

    def test_pytorchs_tensors_are_detached_and_brought_to_numpy(self):
        state = {name: TorchTensor(array) for name, array in self.tensors().items()}
        self.assertEqual(self.frames(state), self.frames(TURTLE))

        class Module:
            def state_dict(self):
                return state

        self.assertEqual(self.frames(Module()), self.frames(TURTLE))

    def test_a_family_is_known_by_its_names_and_another_by_its_dialect(self):
        tensors = self.tensors()
        w1, b1, w2 = tensors["w1"][:, :, None, None], tensors["b1"], tensors["w2"][:, :, None, None]
        known = gnca_render.inspect(
            {"update_network.0.weight": w1, "update_network.0.bias": b1, "update_network.2.weight": w2})
        self.assertEqual((known["family"], known["grid"]), ("MonashDN", "40x40"))
        other = {"in.weight": w1, "in.bias": b1, "out.weight": w2}
        assumed = gnca_render.inspect(other)
        self.assertTrue(assumed["dialect_assumed"])
        self.assertRegex(" ".join(assumed["warnings"]), "the dialect is assumed .*--dialect")
        self.assertEqual(gnca_render.inspect(other, dialect={"scale": 1, "life": "after"})["life"], "after")

    def test_several_are_told_apart_by_their_captions(self):
        plan = gnca_render.render([self.tensors(), TURTLE, self.tensors()], self.path("a.gif"), steps=2, dry_run=True)
        self.assertIn("a.gif", plan)
        scores = gnca_render.evaluate([self.tensors(), self.tensors()], SAMPLES / "turtle.png", trials=1)
        self.assertEqual([each["model"] for each in scores["models"]], ["model.npz", "model-2.npz"])

    def test_a_training_begins_with_a_state_dictionary(self):
        model = gnca_render.train(
            SAMPLES / "turtle.png", self.path("m.ckpt"), iterations=2, size=12, from_=self.tensors())
        self.assertEqual(model["provenance"]["training.iterations_done"], "2")

    def test_what_holds_no_numbers_is_refused(self):
        with self.assertRaisesRegex(ValueError, "'model' in the state dictionary is no array of numbers but a dict"):
            gnca_render.inspect({"model": self.tensors(), "epoch": 3})
        with self.assertRaisesRegex(ValueError, "'w' in the state dictionary is no array of numbers"):
            gnca_render.inspect({"w": numpy.zeros((2, 2), complex)})
        with self.assertRaisesRegex(gnca_render.DataError, "not dense layers"):
            gnca_render.inspect({"w": [[[1.0], [2.0]], [[3.0], [4.0]]]})


class ErrorTests(Case):
    def test_the_programs_sentence_and_exit_code_come_through(self):
        with self.assertRaises(gnca_render.DataError) as caught:
            gnca_render.render("nothing.ckpt", self.path("a.mp4"))
        self.assertEqual(str(caught.exception), "nothing.ckpt: there is no such file")
        self.assertEqual(caught.exception.exit_code, 65)
        words = ["render", f"--output={self.path('a.mp4')}", "--quiet", "--", "nothing.ckpt"]
        self.assertEqual(caught.exception.command[1:], words)
        self.assertIsInstance(caught.exception, ValueError)

    def test_a_film_that_is_there_is_kept(self):
        pathlib.Path(self.path("a.gif")).write_text("mine")
        with self.assertRaises(gnca_render.GncaRenderError) as caught:
            gnca_render.render(TURTLE, self.path("a.gif"))
        self.assertEqual((type(caught.exception), caught.exception.exit_code), (gnca_render.GncaRenderError, 73))
        self.assertEqual(pathlib.Path(self.path("a.gif")).read_text(), "mine")

    def test_what_failed_in_a_batch_is_told(self):
        jobs = self.folder / "jobs.yaml"
        (self.folder / "a.gif").write_text("mine")
        (self.folder / "model.ckpt").write_bytes(pathlib.Path(TURTLE).read_bytes())
        jobs.write_text("jobs:\n  - render: broken\n    models: model.ckpt\n    output: a.gif\n")
        with self.assertRaisesRegex(gnca_render.GncaRenderError, "broken") as caught:
            gnca_render.batch(jobs)
        self.assertEqual(caught.exception.exit_code, 1)
        self.assertIn('"broken"', caught.exception.output)

    def test_a_missing_program_is_said_to_be_missing(self):
        with mock.patch.dict(os.environ, GNCA_RENDER=self.path("nowhere")):
            with self.assertRaisesRegex(gnca_render.GncaRenderError, "GNCA_RENDER names .*nowhere") as caught:
                gnca_render.list_names()
        self.assertEqual(caught.exception.exit_code, 127)
        with mock.patch.dict(os.environ, PATH=str(self.folder)):
            del os.environ["GNCA_RENDER"]
            with self.assertRaisesRegex(gnca_render.GncaRenderError, "^gnca-render is not in PATH"):
                gnca_render.list_names()

    def test_another_program_is_told_from_this_one(self):
        with mock.patch.dict(os.environ, GNCA_RENDER=sys.executable):
            with self.assertRaisesRegex(gnca_render.GncaRenderError, "is not gnca-render"):
                gnca_render.list_names()

    def test_a_program_ended_by_a_signal_is_an_error(self):
        # Those of real time have no name of their own.
        for number, name in ((int(signal.SIGKILL), "SIGKILL"), (int(signal.SIGRTMIN) + 1, "signal ")):
            ended = self.wrapper(f'case "$1" in inspect) kill -{number} $$;; esac')
            with mock.patch.dict(os.environ, GNCA_RENDER=ended):
                with self.assertRaisesRegex(gnca_render.GncaRenderError, f"ended by {name}") as caught:
                    gnca_render.inspect(TURTLE)
            self.assertEqual(caught.exception.exit_code, -number)

    def test_a_program_that_ends_without_a_word_is_an_error_with_words(self):
        silent = self.wrapper('case "$1" in inspect) exit 3;; esac')
        with mock.patch.dict(os.environ, GNCA_RENDER=silent):
            with self.assertRaisesRegex(gnca_render.GncaRenderError, "^gnca-render ended with exit code 3"):
                gnca_render.inspect(TURTLE)


class QuietTests(Case):
    def test_it_works_where_there_is_no_standard_error(self):
        with mock.patch.object(sys, "stderr", None):
            gnca_render.render(TURTLE, self.path("a.gif"), steps=2, scale=2, progress=True)

    def test_nothing_is_said_unless_progress_is_asked_for(self):
        with contextlib.redirect_stderr(io.StringIO()) as said:
            gnca_render.render(TURTLE, self.path("a.gif"), steps=8, scale=3)
        self.assertEqual(said.getvalue(), "")

    def test_progress_and_notes_go_to_standard_error_and_nothing_is_printed(self):
        with contextlib.redirect_stderr(io.StringIO()) as said:
            gnca_render.render(TURTLE, self.path("a.mp4"), steps=8, scale=3, pixel_format="yuv420p", progress=True)
        self.assertRegex(said.getvalue(), "frame 1 of .*\n")
        self.assertIn("gnca-render: note: ", said.getvalue())
        with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(io.StringIO()) as printed:
            gnca_render.train(SAMPLES / "turtle.png", self.path("m.ckpt"), iterations=2, size=12, progress="json")
        self.assertIn('"event":"progress"', said.getvalue())
        self.assertRegex(said.getvalue(), '"event":"finished","iterations":2,.*"outputs":..*m.ckpt"')
        self.assertEqual(printed.getvalue(), "")

    def test_an_error_is_the_last_sentence_and_not_the_progress_before_it(self):
        limited = self.wrapper("ulimit -f 10")
        with mock.patch.dict(os.environ, GNCA_RENDER=limited), contextlib.redirect_stderr(io.StringIO()) as said:
            sentence = "^[^\n]*a.apng: writing failed: [^\n]*$"
            with self.assertRaisesRegex(gnca_render.GncaRenderError, sentence) as caught:
                gnca_render.render(TURTLE, self.path("a.apng"), steps=100, progress=True)
        self.assertIn("frame 1 of ", said.getvalue())
        self.assertEqual(caught.exception.exit_code, 74)


class InterruptTests(Case):
    def training(self, model, iterations):
        """A Python that trains a model, and has begun."""
        call = f"train({str(SAMPLES / 'turtle.png')!r}, {model!r}, iterations={iterations}, size=12, progress=True)"
        # Whoever starts tests in the background may have had interrupts ignored, and that is inherited.
        listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
        python = subprocess.Popen(
            [sys.executable, "-c", f"{listen}; import gnca_render; gnca_render.{call}"], cwd=self.folder,
            stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip
        self.addCleanup(python.stderr.close)
        self.addCleanup(python.kill)
        for line in python.stderr:
            if line.startswith("iteration"):
                return python
        self.fail("the training does not begin")

    def test_an_interrupt_tells_how_to_go_on(self):
        # A notebook interrupts the group of its kernel's processes; some editors, the kernel alone.
        for send in (os.kill, os.killpg):
            with self.subTest(send.__name__):
                model = f"{send.__name__}.ckpt"
                python = self.training(model, iterations=10_000_000)
                send(python.pid, signal.SIGINT)
                said = python.communicate(timeout=600)[1]
                self.assertIn("gnca-render: stopped by SIGINT; this goes on:\n  gnca-render train --resume", said)
                self.assertTrue(said.rstrip().endswith("KeyboardInterrupt"), said)
                self.assertTrue((self.folder / f"{model}.state").exists())
                self.assertFalse((self.folder / model).exists())

    def test_an_interrupt_of_pythons_group_does_not_reach_the_program_a_second_time(self):
        wrapper = self.wrapper(f'echo $$ >"{self.path("process")}"')
        with mock.patch.dict(os.environ, GNCA_RENDER=wrapper):
            python = self.training("m.ckpt", iterations=10_000_000)
        program = int((self.folder / "process").read_text())
        self.assertNotEqual(os.getpgid(program), os.getpgid(python.pid))
        python.send_signal(signal.SIGINT)
        python.communicate(timeout=600)

    def test_the_program_ends_when_python_is_killed(self):
        pipe = self.path("alive")
        os.mkfifo(pipe)
        # The program inherits the end for writing; the other end is closed when the program has ended.
        wrapper = self.wrapper(f'[ "$1" != train ] || exec 9>"{pipe}"')
        with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as alive:
            with mock.patch.dict(os.environ, GNCA_RENDER=wrapper):
                python = self.training("m.ckpt", iterations=5000)
            os.set_blocking(alive.fileno(), True)
            python.kill()
            python.wait()
            self.assertEqual(alive.read(), b"")
        self.assertFalse((self.folder / "m.ckpt").exists())
        for folder in self.temporary.iterdir():  # nobody was left to remove it
            folder.rmdir()


class ShowTests(Case):
    def content(self, film, pattern):
        """The bytes inside the HTML."""
        found = re.fullmatch(pattern, film._repr_html_())
        self.assertTrue(found, film._repr_html_()[:200])
        return base64.b64decode(found[1], validate=True)

    def test_a_film_stands_in_the_notebook_and_plays(self):
        attributes = 'autoplay loop muted playsinline controls style="[^"]+"'
        video = f'<video src="data:video/mp4;base64,([^"]+)" {attributes}></video>'
        film = gnca_render.show(TURTLE, steps=8, scale=4, overlay=["counter"])
        self.assertEqual(self.content(film, video)[4:8], b"ftyp")
        self.assertIn(b"--overlay=counter", film.data)
        gnca_render.render(TURTLE, self.path("a.mp4"), steps=8, scale=4)
        self.assertEqual(
            self.content(gnca_render.show(self.path("a.mp4")), video), pathlib.Path(self.path("a.mp4")).read_bytes())

    def test_each_format_that_browsers_show_has_its_element(self):
        beginnings = {
            "webm": ("video", "video/webm", b"\x1aE\xdf\xa3"), "gif": ("img", "image/gif", b"GIF89a"),
            "apng": ("img", "image/apng", b"\x89PNG"), "webp": ("img", "image/webp", b"RIFF")}  # fmt: skip
        for format, (element, media_type, beginning) in beginnings.items():
            with self.subTest(format):
                film = gnca_render.show(TURTLE, format=format, steps=2, hold=0, scale=4)
                pattern = f'<{element} src="data:{media_type};base64,([^"]+)" .*'
                self.assertTrue(self.content(film, pattern).startswith(beginning))
        still = gnca_render.figure("architecture", TURTLE, self.path("rule.svg"))
        self.assertIn(b"<svg", self.content(gnca_render.show(still), '<img src="data:image/svg.xml;base64,([^"]+)" .*'))
        self.assertIn("image/png", repr(gnca_render.show(SAMPLES / "turtle.png")))

    def test_a_state_dictionary_is_shown(self):
        self.assertEqual(gnca_render.show([self.tensors(), TURTLE], steps=2, format="gif", scale=4).data[:4], b"GIF8")

    def test_an_output_that_is_named_is_kept(self):
        film = gnca_render.show(TURTLE, output=self.path("a.gif"), steps=2)
        self.assertEqual(film.data, pathlib.Path(self.path("a.gif")).read_bytes())

    def test_what_no_notebook_shows_is_refused_before_work_begins(self):
        with self.assertRaisesRegex(ValueError, "a notebook shows no such films .it shows: mp4, webm, gif"):
            gnca_render.show("nothing.ckpt", format="mkv")

        for options in ({"dry_run": True}, {"output": ["a.gif", "b.gif"]}):
            with self.assertRaisesRegex(ValueError, "a notebook shows one film"):
                gnca_render.show(TURTLE, **options)
        os.mkfifo(self.path("pipe.mp4"))
        with self.assertRaisesRegex(ValueError, "^pipe.mp4 is no regular file"):
            gnca_render.show(self.path("pipe.mp4"))

    def test_a_film_that_is_too_large_is_refused(self):
        with mock.patch.object(gnca_render._show, "LIMIT", 1000):
            with self.assertRaisesRegex(ValueError, "film.mp4 has .* MiB, and a notebook takes at most"):
                gnca_render.show(TURTLE, steps=2)

    def test_errors_leave_no_temporary_files(self):
        with self.assertRaises(gnca_render.UsageError):
            gnca_render.show(self.tensors(), steps=-1)
        with self.assertRaises(FileNotFoundError):
            gnca_render.show(self.path("nothing.mp4"))


class DocumentTests(Case):
    def test_the_examples_of_the_documents_run(self):
        (self.folder / "samples").symlink_to(SAMPLES)
        (self.folder / "out").mkdir()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        for document in ("docs/python.md", "python/README.md"):
            text = (REPOSITORY / document).read_text(encoding="utf-8")
            examples = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
            self.assertTrue(examples)
            names = {}
            for example in examples:
                with self.subTest(document, example=example), contextlib.redirect_stdout(io.StringIO()):
                    exec(example, names)


if __name__ == "__main__":
    unittest.main()
