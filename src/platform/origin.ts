/** Where the API lives; empty means the page's own origin. */
export const apiOrigin: string = API_ORIGIN
