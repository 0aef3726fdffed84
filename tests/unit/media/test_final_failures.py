from pennydrop.media.failures import MediaFailure


def test_a_films_own_fault_ends_its_job_at_once() -> None:
    assert MediaFailure("not_a_video").final


def test_our_own_trouble_is_tried_again() -> None:
    assert not MediaFailure("stopped_short").final
