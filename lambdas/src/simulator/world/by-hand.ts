/** The launch id of machines that a person started, not we. */
export const byHand = 'by-hand';
