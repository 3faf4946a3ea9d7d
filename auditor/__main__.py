"""``python -m auditor`` and the ``auditor`` command."""


def main() -> None:
    """Run the command line."""
    from auditor.cli import app

    app()


if __name__ == "__main__":
    main()
