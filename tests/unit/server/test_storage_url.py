import pytest

from uploader.server.storage_url import read_storage


def test_without_a_word_it_is_the_usual_folder(tmp_path):
    place = read_storage("", tmp_path)
    assert (place.folder, place.public_url) == (tmp_path, "")
    assert place.storage == {"BACKEND": "uploader.server.processing.files.DurableStorage"}


def test_another_folder(tmp_path):
    place = read_storage("file:///srv/my%20media", tmp_path)
    assert str(place.folder) == "/srv/my media"
    assert place.storage["BACKEND"].endswith("DurableStorage")


def test_a_bucket(tmp_path):
    place = read_storage(
        "s3://pictures/a/shop?endpoint_url=https://s3.example:9000&region_name=eu-west-1"
        "&public_url=https://cdn.example/a/shop/",
        tmp_path,
    )
    assert place.public_url == "https://cdn.example/a/shop"
    assert place.storage["OPTIONS"] == {
        "bucket_name": "pictures",
        "location": "a/shop/",
        "endpoint_url": "https://s3.example:9000",
        "region_name": "eu-west-1",
    }
    assert read_storage("s3://pictures", tmp_path).storage["OPTIONS"]["location"] == ""


@pytest.mark.parametrize(
    "url",
    [
        "pictures", "/srv/media", "s3:pictures", "s3:///pictures", "file://host/srv", "gs://x",
        "s3://key:secret@pictures", "s3://pictures?region=x", "s3://pictures?endpoint_url=s3:9000",
        "s3://pictures?public_url=//cdn.example",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_without_repeating_a_key(tmp_path, url):
    with pytest.raises(ValueError, match="STORAGE_URL") as said:
        read_storage(url, tmp_path)
    assert "secret" not in str(said.value)
