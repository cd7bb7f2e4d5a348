/**
 * The system use notice that must be acknowledged before signing in (CJIS AC-8): restricted system;
 * monitored, recorded and audited; unauthorised use has consequences; use is consent.
 */
export const USE_BANNER =
  'You are entering a restricted law enforcement system. What you do here is monitored, recorded and audited, ' +
  'and every act is written to a log that people outside this agency can verify. Unauthorised use is prohibited ' +
  'and can bring disciplinary, civil and criminal penalties. By signing in you consent to this monitoring and recording.'
