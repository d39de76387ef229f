// Imported before all else: this process lives in another time than its machine, by so many milliseconds.
const now = Date.now.bind(Date);
const shiftMs = Number(process.env['TEST_SHIFT_MS']);
Date.now = () => now() + shiftMs;
