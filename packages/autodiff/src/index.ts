// Trace once, differentiate any number of times: graph, transforms, backends.
export {};
