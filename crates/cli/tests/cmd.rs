//! Commands and what they print, to the character: one file a case in `cmd/`.

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}
