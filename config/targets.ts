/** The newest JavaScript that reaches a phone; a build with later syntax fails the gates. */
export const esbuildTarget = 'es2018'

/** Folders outside `src` whose code ships to the phone and so passes through Babel. */
export const shippedFolders = ['domain']

/** npm packages published as modern JavaScript, also passed through Babel. */
export const legacyPackages = ['axios', 'zustand', 'dayjs', 'uqr']
