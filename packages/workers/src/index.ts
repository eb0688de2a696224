// A pool of workers over comlink, in a page and in Node, with crash isolation.
export {};
