// Apart from what validates and what throws: a browser that needs one of them is not to get the other.

/** More problems than this help nobody; what is wrong is then known well enough. */
export const mostProblems = 100
