/** A PDF over this is refused before it is read: ours are far smaller. */
export const maxPdfBytes = 5 * 1024 * 1024
