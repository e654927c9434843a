import packageJson from '../package.json' with { type: 'json' };

/** Seam's own version, as in `seam --version`. */
export const VERSION: string = packageJson.version;
