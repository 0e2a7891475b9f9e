//! How much may be in progress in the whole process, and each client's share of it.
//!
//! A client gets a place as long as it has fewer than three for each that is free. So
//! one alone gets three quarters of all places, and another that comes then still finds
//! some: no client can take the last.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::pool::Client;

/// Places for each free one that a client may have.
const SHARE: usize = 3;

/// A number of places.
#[derive(Debug)]
pub struct Gate {
    size: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    /// Only clients that have some.
    by_client: HashMap<Client, usize>,
}

impl Gate {
    pub fn new(size: usize) -> Arc<Self> {
        Arc::new(Self { size, taken: Mutex::default() })
    }

    pub fn size(&self) -> usize {
        self.size
    }

    /// A place for `client`, if there is one.
    pub fn enter(self: &Arc<Self>, client: &Client) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let free = self.size - taken.all;
        let own = taken.by_client.get(client).copied().unwrap_or(0);
        if own >= SHARE * free {
            return None;
        }
        taken.all += 1;
        taken.by_client.insert(client.clone(), own + 1);
        Some(Place { gate: Arc::clone(self), client: client.clone() })
    }
}

/// A place, until it is dropped.
#[derive(Debug)]
pub struct Place {
    gate: Arc<Gate>,
    client: Client,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.gate.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(own) = taken.by_client.get_mut(&self.client) {
            *own -= 1;
            if *own == 0 {
                taken.by_client.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;
    use crate::pool::Client;

    #[test]
    fn no_client_takes_the_last_place_from_another() {
        let gate = Gate::new(100);
        let greedy = Client::new("greedy");
        let places: Vec<_> = std::iter::from_fn(|| gate.enter(&greedy)).collect();
        assert_eq!(places.len(), 75);
        let others: Vec<_> = (0..10).map(|i| gate.enter(&Client::new(format!("{i}")))).collect();
        assert!(others.iter().all(Option::is_some));
        drop((places, others));
        assert_eq!(gate.taken.lock().unwrap().all, 0);
        assert!(gate.taken.lock().unwrap().by_client.is_empty());
    }

    #[test]
    fn a_single_place_can_be_had() {
        let gate = Gate::new(1);
        let place = gate.enter(&Client::new("a")).unwrap();
        assert!(gate.enter(&Client::new("b")).is_none());
        drop(place);
        assert!(gate.enter(&Client::new("b")).is_some());
    }
}
