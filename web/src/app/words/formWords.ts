/** What forms say of what was typed, in English, Portuguese and German. */
export const formWords = {
  wrongNumber: ['{field} needs a number, such as {example}.', '{field} precisa de um número, por exemplo {example}.', '{field} braucht eine Zahl, zum Beispiel {example}.'],
  ambiguous: ['{typed} can be read in two ways. Write {whole} or {fraction}.', '{typed} pode ler-se de duas maneiras. Escreva {whole} ou {fraction}.', '{typed} lässt sich auf zwei Arten lesen. Schreiben Sie {whole} oder {fraction}.'],
  tooFine: ['Write at most {digits} digits after the point, such as {example}.', 'Escreva no máximo {digits} casas decimais, por exemplo {example}.', 'Schreiben Sie höchstens {digits} Stellen nach dem Komma, zum Beispiel {example}.'],
  outOfRange: ['{field} is {least} at least and {most} at most.', '{field}: no mínimo {least} e no máximo {most}.', '{field}: mindestens {least} und höchstens {most}.'],
  cancel: ['Cancel', 'Cancelar', 'Abbrechen'],
} as const;
