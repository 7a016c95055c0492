//! What is measured of a server's process, from /proc.

use crate::servers::Role;
use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

/// A server in a process of its own; killed when dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    pub(crate) fn start(role: Role) -> Self {
        let this = std::env::current_exe().expect("a path");
        let mut child = Command::new(this)
            .arg(role.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("its address");
        let address = line.trim().parse().expect("an address");
        Self { child, address }
    }

    /// Seconds of CPU so far, user and system, all threads.
    pub(crate) fn cpu(&self) -> f64 {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(path).expect("the process lives");
        // Fields 14 and 15, counted after the name in brackets, in ticks of a hundredth.
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .expect("a name")
            .split_whitespace()
            .collect();
        let ticks = |field: usize| fields[field].parse::<f64>().expect("a number");
        (ticks(11) + ticks(12)) / 100.0
    }

    /// Resident memory, bytes.
    pub(crate) fn resident_bytes(&self) -> u64 {
        let path = format!("/proc/{}/statm", self.child.id());
        let statm = std::fs::read_to_string(path).expect("the process lives");
        let pages: u64 = statm
            .split(' ')
            .nth(1)
            .expect("pages")
            .parse()
            .expect("a number");
        pages * rustix::param::page_size() as u64
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have gone by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a closed loop gave.
#[derive(Default)]
pub(crate) struct Measured {
    /// Seconds that each turn took.
    pub(crate) turns: Vec<f64>,
    /// The server's CPU, in seconds.
    pub(crate) cpu: f64,
    /// How long it was played.
    pub(crate) seconds: f64,
}

impl Measured {
    /// Several rounds as one.
    pub(crate) fn together(rounds: &[Self]) -> Self {
        let mut all = Self::default();
        for round in rounds {
            all.turns.extend(&round.turns);
            all.cpu += round.cpu;
            all.seconds += round.seconds;
        }
        all.turns.sort_by(f64::total_cmp);
        all
    }

    /// The server's CPU seconds a turn.
    pub(crate) fn cpu_each(&self) -> f64 {
        self.cpu / self.turns.len() as f64
    }
}

/// Of turns in order of what they took.
impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |share: f64| self.turns[((self.turns.len() - 1) as f64 * share) as usize] * 1e3;
        write!(
            f,
            "{:>8.0} a second, p50 {:>6.2} ms, p99 {:>6.2} ms, {:>5.1} microseconds of server CPU each",
            self.turns.len() as f64 / self.seconds,
            at(0.5),
            at(0.99),
            self.cpu_each() * 1e6
        )
    }
}

/// Keeps this process to the first processor, or to the others: the server has one to itself, so that
/// what it costs is not mixed with what its clients cost, and every server is measured alike.
pub(crate) fn keep_to_processor(first: bool) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let allowed = sched_getaffinity(None).expect("a set of processors");
    let mut all = (0..CpuSet::MAX_CPU).filter(|cpu| allowed.is_set(*cpu));
    let Some(server) = all.next() else { return };
    let mut kept = CpuSet::new();
    if first {
        kept.set(server);
    } else {
        all.for_each(|cpu| kept.set(cpu));
    }
    if kept.count() > 0 {
        sched_setaffinity(None, &kept).expect("processors of ours");
    }
}

/// As many open files as the system allows this process.
pub(crate) fn allow_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let hard = getrlimit(Resource::Nofile).maximum;
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: hard,
            maximum: hard,
        },
    )
    .expect("a limit");
}
