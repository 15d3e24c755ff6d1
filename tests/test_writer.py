"""Files out: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.writer import check_writable, writing


def test_a_file_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "a.ttl"
    with writing(path) as out:
        out.write(b"one")
        assert not path.exists()
    assert path.read_bytes() == b"one" and os.listdir(tmp_path) == ["a.ttl"]


def test_what_stood_there_stays_when_the_block_fails(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_bytes(b"old")
    for kind in (RuntimeError, KeyboardInterrupt):
        with pytest.raises(kind), writing(path) as out:
            out.write(b"new")
            raise kind
        assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["a.ttl"]


def test_mode_and_link_stay(tmp_path):
    real, link = tmp_path / "real.ttl", tmp_path / "link.ttl"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    with writing(link) as out:
        out.write(b"new")
    assert link.is_symlink() and real.read_bytes() == b"new" and real.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to():
    with writing(os.devnull) as out:
        out.write(b"gone")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("target", ["folder", "none/a.ttl", "file/a.ttl"])
def test_where_nothing_can_be_written(tmp_path, target):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as error:
        check_writable(tmp_path / target)
    assert str(tmp_path / target) in str(error.value) and error.value.remedy
    with pytest.raises(OutputError), writing(tmp_path / target):
        pytest.fail("the block must not run")


def test_a_full_disk_is_told(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("missing tool: /dev/full (Linux)")
    with pytest.raises(OutputError, match="space"), writing("/dev/full") as out:
        out.write(b"x" * 1_000_000)
