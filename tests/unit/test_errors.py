from pennydrop import errors


def test_a_code_is_the_class_name_in_snake_case() -> None:
    class VideoStillProcessing(errors.Conflict):
        pass

    assert VideoStillProcessing("…").code == "video_still_processing"


def test_every_error_with_words_of_its_own_speaks_a_sentence() -> None:
    for error in (errors.NotFound(), errors.NotSignedIn()):
        assert error.detail[0].isupper()
        assert error.detail.endswith(".")
