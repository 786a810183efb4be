//! The workflows that publish badges and the page.

use super::machine::Machine;
use super::{SERVICES, worse_services};

pub(super) const BADGES: &str = "examples/badges/badges.yml";
pub(super) const PAGE: &str = "examples/dashboard/page.yml";

#[test]
fn badges_are_pushed_only_if_they_changed() {
    let mut machine = Machine::new(&[("services.json", SERVICES.as_bytes())]);
    machine
        .succeed("git init -q --bare ../remote && git init -q -b main . && git remote add origin ../remote");
    machine.succeed("git config user.name a && git config user.email a@localhost");
    let guide = include_str!("../../../examples/badges/README.md");
    let create = guide.lines().find(|line| line.starts_with("git switch --orphan")).expect("a command");
    machine.succeed("git add . && git commit -q -m services");
    machine.succeed(&format!("{create} 2>&1 && git switch -q main"));
    let mut night = |services: &str| {
        machine.write("services.json", services.as_bytes());
        let job = machine.github(BADGES, "badges").remove(0);
        assert_eq!(job.failed(), Vec::<&str>::new(), "{job:?}");
        machine.succeed("git worktree remove --force ../badges");
        machine.succeed("git --git-dir ../remote rev-list --count badges").trim().to_owned()
    };
    assert_eq!(night(SERVICES), "2");
    assert_eq!(night(SERVICES), "2");
    assert_eq!(night(&worse_services()), "3");
    let names = machine.succeed("git --git-dir ../remote show --name-only --format= badges");
    assert_eq!(names, "service/cafe-kiosk/dora_cfr.json\nservice/cafe-kiosk/dora_cfr.svg\n");
}

#[test]
fn the_page_is_written_to_the_directory_that_is_published() {
    let mut machine = Machine::new(&[("services.json", SERVICES.as_bytes())]);
    let job = machine.github(PAGE, "page").remove(0);
    assert_eq!(job.failed(), Vec::<&str>::new(), "{job:?}");
    assert!(machine.text("checkout/public/index.html").contains("Booking API"));
}
