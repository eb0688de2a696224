// Name → module of every optimizer and problem.
export {};
