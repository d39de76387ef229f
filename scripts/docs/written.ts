/** What stands at the top of each page that is made from the code. */
export const WRITTEN = '<!-- Written by `npm run fix:docs` from what the code declares. -->';
