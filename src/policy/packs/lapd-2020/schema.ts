/** What a directive may ask about. A misspelt name does not pass the check at start. */
export const schema = `
entity Account = { account: String, agency: String, ori: String, roles: Set<String> };

entity Gallery = { classes: Set<String> };

type Certificate = { track: String, expiresAt: datetime };

type Filter = {
  sources?: Set<String>,
  bookedFrom?: String,
  bookedTo?: String,
  sexes?: Set<String>,
  bornFrom?: Long,
  bornTo?: Long,
};

action search appliesTo {
  principal: Account,
  resource: Gallery,
  context: {
    now: datetime,
    certificate?: Certificate,
    caseNumber: String,
    caseNumberWellFormed: Bool,
    crimeCode: String,
    crimeKnown: Bool,
    purpose: String,
    predicate: String,
    narrativeLength: Long,
    beneficiaryOri: String,
    probeSource: String,
    acquisitionBasis: String,
    attested: Bool,
    depicts: String,
    conflictDeclared: Bool,
    limit: Long,
    filter: Filter,
    moratorium: Bool,
  },
};
`
