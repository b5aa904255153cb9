import { type TransactionOutcome } from './transactionOutcome.ts';

export type SentenceLanguage = 'en' | 'pt' | 'de';
type InLanguages = Readonly<Record<SentenceLanguage, string>>;

/** What to tell a person about the end of what he asked for, as whole sentences. */
export function sentenceOf(outcome: TransactionOutcome, language: SentenceLanguage): string {
  switch (outcome.kind) {
    case 'done':
      return done[language].replace('{height}', String(outcome.height));
    case 'waiting':
      return waiting[language];
    case 'unclear':
      return unclear[language];
    case 'not-sent':
      return notSent[outcome.code][language];
    case 'refused':
      return `${refused[language]} ${refusals[outcome.code]?.[language] ?? outcome.sentence}`.trim();
  }
}

const done: InLanguages = {
  en: 'Done: it is in block {height} of the ledger.',
  pt: 'Feito: está no bloco {height} do registo.',
  de: 'Erledigt: Es steht in Block {height} des Hauptbuchs.',
};

const waiting: InLanguages = {
  en: 'It was sent, and there is no answer yet. It may still happen; the same request is sent again by itself, so do not ask for it a second time.',
  pt: 'Foi enviado e ainda não há resposta. Ainda pode acontecer; o mesmo pedido é reenviado automaticamente, por isso não o faça de novo.',
  de: 'Es wurde gesendet, und es gibt noch keine Antwort. Es kann noch geschehen; derselbe Auftrag wird von selbst erneut gesendet, stellen Sie ihn also nicht noch einmal.',
};

const unclear: InLanguages = {
  en: 'It can no longer happen, but this node does not know whether it did. Look it up on the ledger page before you try again.',
  pt: 'Já não pode acontecer, mas este nó não sabe se aconteceu. Procure na página do registo antes de tentar de novo.',
  de: 'Es kann nicht mehr geschehen, aber dieser Knoten weiß nicht, ob es geschehen ist. Sehen Sie im Hauptbuch nach, bevor Sie es erneut versuchen.',
};

const notSent: Readonly<Record<'offline' | 'busy' | 'no-key', InLanguages>> = {
  offline: {
    en: 'Nothing was sent: the community’s node cannot be reached. Try again once you are connected.',
    pt: 'Nada foi enviado: não é possível contactar o nó da comunidade. Tente de novo quando tiver ligação.',
    de: 'Es wurde nichts gesendet: Der Knoten der Gemeinschaft ist nicht erreichbar. Versuchen Sie es erneut, sobald Sie verbunden sind.',
  },
  busy: {
    en: 'Nothing will come of it: the community’s node takes nothing on at the moment. Try again in a minute.',
    pt: 'Não terá efeito: o nó da comunidade não aceita pedidos neste momento. Tente de novo dentro de um minuto.',
    de: 'Daraus wird nichts: Der Knoten der Gemeinschaft nimmt im Moment nichts an. Versuchen Sie es in einer Minute erneut.',
  },
  'no-key': {
    en: 'This browser has no key of yours to sign with. Make one, or bring yours in with your recovery phrase, on the page of your key.',
    pt: 'Este navegador não tem uma chave sua para assinar. Crie uma, ou traga a sua com a frase de recuperação, na página da sua chave.',
    de: 'In diesem Browser ist kein Schlüssel von Ihnen zum Unterschreiben. Erzeugen Sie einen, oder holen Sie Ihren mit dem Wiederherstellungssatz auf der Seite Ihres Schlüssels.',
  },
};

const refused: InLanguages = { en: 'It was not done, and nothing changed.', pt: 'Não foi feito e nada mudou.', de: 'Es wurde nicht ausgeführt, und nichts hat sich geändert.' };

// Codes that people meet; for others the ledger's own sentence stands, which is English.
const refusals: Readonly<Record<string, InLanguages>> = {
  'insufficient-funds': {
    en: 'There is not enough free money on the account: some of it may be locked for open orders.',
    pt: 'Não há dinheiro livre suficiente na conta: parte pode estar reservada para ordens abertas.',
    de: 'Auf dem Konto ist nicht genug freies Geld: Ein Teil kann für offene Gebote gesperrt sein.',
  },
  'gate-closed': {
    en: 'The gate for this delivery has closed: choose a later one.',
    pt: 'O prazo para esta entrega terminou: escolha uma posterior.',
    de: 'Der Handelsschluss für diese Lieferung ist vorbei: Wählen Sie eine spätere.',
  },
  'no-listing': {
    en: 'Nothing can be traded for this delivery now: it has not opened yet, or its gate has closed.',
    pt: 'Não se pode negociar esta entrega agora: ainda não abriu, ou o prazo já terminou.',
    de: 'Für diese Lieferung kann jetzt nicht gehandelt werden: Sie ist noch nicht offen, oder ihr Handelsschluss ist vorbei.',
  },
  'label-taken': {
    en: 'You have an order with this number for this delivery already: change that one, or take another number.',
    pt: 'Já tem uma ordem com este número para esta entrega: altere essa, ou use outro número.',
    de: 'Sie haben für diese Lieferung schon ein Gebot mit dieser Nummer: Ändern Sie jenes, oder nehmen Sie eine andere Nummer.',
  },
  'no-such-order': {
    en: 'This order is not open any more.',
    pt: 'Esta ordem já não está aberta.',
    de: 'Dieses Gebot ist nicht mehr offen.',
  },
  'over-capacity': {
    en: 'It is more energy than your connection or your devices can carry in this period.',
    pt: 'É mais energia do que a sua ligação ou os seus equipamentos suportam neste período.',
    de: 'Das ist mehr Energie, als Ihr Anschluss oder Ihre Geräte in diesem Zeitraum leisten können.',
  },
  'no-orders': {
    en: 'This community shares energy by a rule: there are no orders to place.',
    pt: 'Esta comunidade partilha energia por uma regra: não há ordens a colocar.',
    de: 'Diese Gemeinschaft teilt Energie nach einer Regel: Es gibt keine Gebote.',
  },
  'not-a-member': {
    en: 'This is for members of the community, and you are not registered as one, or are suspended.',
    pt: 'Isto é para membros da comunidade, e não está registado como tal, ou está suspenso.',
    de: 'Das ist für Mitglieder der Gemeinschaft, und Sie sind nicht als eines eingetragen oder gesperrt.',
  },
  'no-such-member': {
    en: 'There is no member with this address.',
    pt: 'Não há nenhum membro com este endereço.',
    de: 'Es gibt kein Mitglied mit dieser Adresse.',
  },
  'not-manager': {
    en: 'Only the community’s manager may do this, and the ledger does not name your key as the manager’s.',
    pt: 'Só a gestão da comunidade o pode fazer, e o registo não indica a sua chave como sendo da gestão.',
    de: 'Das darf nur die Verwaltung der Gemeinschaft, und das Hauptbuch nennt Ihren Schlüssel nicht als den der Verwaltung.',
  },
  'not-dso': {
    en: 'Only the operator of the grid sets its limits, and the ledger does not name your key as the operator’s.',
    pt: 'Só o operador da rede define os seus limites, e o registo não indica a sua chave como sendo do operador.',
    de: 'Nur der Netzbetreiber setzt Grenzen, und das Hauptbuch nennt Ihren Schlüssel nicht als den des Betreibers.',
  },
  'unknown-sender': {
    en: 'The ledger does not know your key yet: the manager has to register you first.',
    pt: 'O registo ainda não conhece a sua chave: a gestão tem de o registar primeiro.',
    de: 'Das Hauptbuch kennt Ihren Schlüssel noch nicht: Die Verwaltung muss Sie erst eintragen.',
  },
  'nonce-used': {
    en: 'Another request of yours, perhaps from another device, came first. Try again.',
    pt: 'Outro pedido seu, talvez de outro dispositivo, chegou primeiro. Tente de novo.',
    de: 'Ein anderer Auftrag von Ihnen, vielleicht von einem anderen Gerät, war schneller. Versuchen Sie es erneut.',
  },
  expired: {
    en: 'It took too long to get into a block. You may try again.',
    pt: 'Demorou demasiado a entrar num bloco. Pode tentar de novo.',
    de: 'Es dauerte zu lange, bis es in einen Block kam. Sie können es erneut versuchen.',
  },
  'wrong-time': {
    en: 'The time from which it would hold is past, is in use already, or is not on the hour: choose a later full hour.',
    pt: 'A hora a partir da qual valeria já passou, já está em uso, ou não é uma hora certa: escolha uma hora certa posterior.',
    de: 'Der Zeitpunkt, ab dem es gelten soll, ist vorbei, schon in Gebrauch oder keine volle Stunde: Wählen Sie eine spätere volle Stunde.',
  },
  'too-much-work': {
    en: 'It is too much for one transaction: do it in parts.',
    pt: 'É demasiado para uma só transação: faça-o por partes.',
    de: 'Das ist zu viel für eine Transaktion: Führen Sie es in Teilen aus.',
  },
};
