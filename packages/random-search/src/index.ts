// Random search and random walk.
export {};
