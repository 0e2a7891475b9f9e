//! A queue that is fair to those who wait in it: whoever has had least so far is next,
//! however many jobs others have brought.
//!
//! Start-time fair queueing over flows. Each flow has a virtual time, what its jobs have
//! cost so far; a flow that was away starts at the time of the queue, so that nobody
//! saves up turns. Knows neither threads nor what a job is.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    hash::Hash,
};

/// Jobs of many flows.
#[derive(Debug)]
pub struct FairQueue<F, T> {
    flows: HashMap<F, Flow<T>>,
    /// Flows with jobs, by virtual time.
    turns: BTreeSet<(u64, F)>,
    /// The virtual time of the queue.
    now: u64,
    waiting: usize,
}

#[derive(Debug)]
struct Flow<T> {
    time: u64,
    jobs: VecDeque<Queued<T>>,
    /// Of all its jobs.
    cost: u64,
}

#[derive(Debug)]
struct Queued<T> {
    id: u64,
    cost: u64,
    job: T,
}

impl<F: Clone + Eq + Hash + Ord, T> FairQueue<F, T> {
    pub fn new() -> Self {
        Self { flows: HashMap::new(), turns: BTreeSet::new(), now: 0, waiting: 0 }
    }

    /// How many jobs wait.
    pub fn len(&self) -> usize {
        self.waiting
    }

    /// What all jobs cost that wait.
    pub fn total_cost(&self) -> u64 {
        self.turns.iter().map(|(_, flow)| self.flows[flow].cost).sum()
    }

    /// What is served before a job of `flow` that comes now and costs `cost`: its own
    /// earlier jobs, and of every other flow as much as it gets meanwhile.
    pub fn ahead_of(&self, flow: &F, cost: u64) -> u64 {
        let own = self.flows.get(flow).map_or(0, |flow| flow.cost);
        let others = self.turns.iter().filter(|(_, other)| other != flow);
        let others: u64 =
            others.map(|(_, other)| self.flows[other].cost.min(own.saturating_add(cost))).sum();
        own.saturating_add(others)
    }

    /// Adds a job; `id` is the caller's name for it.
    pub fn push(&mut self, flow: &F, id: u64, cost: u64, job: T) {
        let now = self.now;
        let entry = self.flows.entry(flow.clone()).or_insert_with(|| Flow {
            time: now,
            jobs: VecDeque::new(),
            cost: 0,
        });
        if entry.jobs.is_empty() {
            entry.time = entry.time.max(now);
            self.turns.insert((entry.time, flow.clone()));
        }
        entry.jobs.push_back(Queued { id, cost, job });
        entry.cost += cost;
        self.waiting += 1;
    }

    /// The next job, with the flow that it is of and its cost.
    pub fn pop(&mut self) -> Option<(T, u64)> {
        let (time, flow) = self.turns.pop_first()?;
        self.now = time;
        let entry = self.flows.get_mut(&flow)?;
        let Queued { cost, job, .. } = entry.jobs.pop_front()?;
        entry.cost -= cost;
        entry.time += cost.max(1);
        if !entry.jobs.is_empty() {
            self.turns.insert((entry.time, flow));
        }
        self.waiting -= 1;
        self.forget();
        Some((job, cost))
    }

    /// Takes out the job that `flow` brought as `id`, if it still waits.
    pub fn remove(&mut self, flow: &F, id: u64) -> Option<T> {
        let entry = self.flows.get_mut(flow)?;
        let at = entry.jobs.iter().position(|queued| queued.id == id)?;
        let Queued { cost, job, .. } = entry.jobs.remove(at)?;
        entry.cost -= cost;
        self.waiting -= 1;
        if entry.jobs.is_empty() {
            self.turns.remove(&(entry.time, flow.clone()));
        }
        Some(job)
    }

    /// Drops flows that wait for nothing and are owed nothing, now and then, so that
    /// clients that come and go take no memory.
    fn forget(&mut self) {
        if self.flows.len() > 64 + 2 * self.turns.len() || self.waiting == 0 {
            let now = self.now;
            let idle = self.waiting == 0;
            self.flows.retain(|_, flow| !flow.jobs.is_empty() || (flow.time > now && !idle));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::FairQueue;

    #[test]
    fn one_with_many_jobs_does_not_hold_up_another() {
        let mut queue = FairQueue::new();
        for id in 0..1000 {
            queue.push(&"many", id, 10, "many");
        }
        assert_eq!(queue.pop(), Some(("many", 10)));
        queue.push(&"one", 0, 10, "one");
        assert_eq!(queue.ahead_of(&"other", 10), 20);
        assert_eq!(queue.ahead_of(&"many", 10), 9990 + 10);
        let next: Vec<_> = (0..2).filter_map(|_| queue.pop()).map(|(name, _)| name).collect();
        assert!(next.contains(&"one"), "{next:?}");
    }

    #[test]
    fn costly_jobs_count_for_more() {
        let mut queue = FairQueue::new();
        for id in 0..100 {
            queue.push(&"large", id, 100, "large");
            queue.push(&"small", id, 10, "small");
        }
        let first: Vec<_> = (0..55).filter_map(|_| queue.pop()).map(|(name, _)| name).collect();
        let large = first.iter().filter(|&&name| name == "large").count();
        assert!((4..=6).contains(&large), "{large}");
    }

    #[test]
    fn a_job_that_is_removed_is_not_served() {
        let mut queue = FairQueue::new();
        queue.push(&1, 7, 10, "first");
        queue.push(&1, 8, 10, "second");
        assert_eq!(queue.remove(&1, 7), Some("first"));
        assert_eq!(queue.remove(&1, 7), None);
        assert_eq!(queue.pop(), Some(("second", 10)));
        assert_eq!((queue.pop(), queue.len()), (None, 0));
        assert!(queue.flows.is_empty() && queue.turns.is_empty());
    }

    proptest! {
        /// Every job comes out once, those of one flow in their order.
        #[test]
        fn nothing_is_lost_or_served_twice(
            steps in proptest::collection::vec((0..5u8, 1..50u64, 0..4u8), 1..200)
        ) {
            let mut queue = FairQueue::new();
            let mut expect: Vec<Vec<u64>> = vec![Vec::new(); 5];
            let mut served: Vec<Vec<u64>> = vec![Vec::new(); 5];
            for (id, (flow, cost, step)) in (0..).zip(steps) {
                match step {
                    0 | 1 => {
                        queue.push(&flow, id, cost, (flow, id));
                        expect[flow as usize].push(id);
                    }
                    2 => {
                        if let Some(((flow, id), _)) = queue.pop() {
                            served[flow as usize].push(id);
                        }
                    }
                    _ => {
                        let waiting = expect[flow as usize].last().copied();
                        if let Some(id) = waiting && queue.remove(&flow, id).is_some() {
                            expect[flow as usize].pop();
                        }
                    }
                }
            }
            while let Some(((flow, id), _)) = queue.pop() {
                served[flow as usize].push(id);
            }
            prop_assert_eq!(served, expect);
            prop_assert_eq!(queue.len(), 0);
        }
    }
}
