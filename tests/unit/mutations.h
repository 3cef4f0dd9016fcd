/*
 * For each rule: how to break a clean telegram so that it fires, in several
 * words and places, and a change close by that leaves it silent. The golden
 * telegrams of tests/golden/check are the first of each (test_mutations
 * --write). In a text, %s is one of the words, %z the number of the way in
 * two digits, %x, %w and %y as many letters as make a
 * line too long for each of its limits, %L a text of many lines.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CHY_TESTS_MUTATIONS_H
#define CHY_TESTS_MUTATIONS_H

/* What the check is told. */
#define DRAFT	0x01u	/* it is being written */
#define CUI	0x02u	/* CUI is in force */
#define LOW	0x04u	/* the network carries UNCLASSIFIED */
#define ALL	0x08u	/* it is checked beside a second telegram */

#define EDITS	4

typedef struct edit {
	const char *find;	/* the first of these words; NULL: none */
	const char *with;
} edit;

typedef struct mutation {
	const char *code;
	const char *base;
	unsigned    flags;
	edit	    edits[EDITS];
	const char *words;	/* | between */
	edit	    near[EDITS];
} mutation;

#define TEXT_C								\
	"1. (C) Summary: The minister will lower the dues of the\n"	\
	"lighthouse in autumn. End summary.\n\n"			\
	"2. (C/NF) She told the Ambassador that the ferry to\n"		\
	"Saint Brannoc pays too much.\n\n"				\
	"3. (U) The ferry runs again on Monday.\n"			\
	"WREN\n"

#define CLASSIFIED							\
	"VZCZCMSO0217\n"						\
	"OO RUEHC RUEHKQ\n"						\
	"DE RUEHPN #0425 1611456\n"					\
	"ZNY CCCCC ZZH\n"						\
	"O P 091456Z JUN 08\n"						\
	"FM AMEMBASSY PORT ARDEN\n"					\
	"TO RUEHC/SECSTATE WASHDC IMMEDIATE 9667\n"			\
	"INFO RUEHKQ/AMEMBASSY KESSELHAVN PRIORITY 0101\n"		\
	"BT\n"								\
	"C O N F I D E N T I A L PORT ARDEN 000425\n\n"			\
	"NOFORN\n"							\
	"SIPDIS\n\n"							\
	"DEPARTMENT FOR NEA/ARP\n\n"					\
	"E.O. 12958: DECL: 06/09/2018\n"				\
	"TAGS: PREL, ECON, ZQ\n"					\
	"SUBJECT: (U) HARBOUR MINISTER ON LIGHTHOUSE DUES\n\n"		\
	"REF: A. 08 KESSELHAVN 12\n"					\
	"     B. 08 STATE 4411\n\n"					\
	"Classified By: Ambassador Ada Wren for reasons\n"		\
	"1.4 (b) and (d).\n\n"						\
	TEXT_C								\
	"BT\n"								\
	"#0425\n"							\
	"NNNN\n"

#define UNCLASS								\
	"VZCZCMSO0218\n"						\
	"PP RUEHC\n"							\
	"DE RUEHPN #0426 1620900\n"					\
	"ZNR UUUUU ZZH\n"						\
	"P 100900Z JUN 08\n"						\
	"FM AMEMBASSY PORT ARDEN\n"					\
	"TO RUEHC/SECSTATE WASHDC PRIORITY 9668\n"			\
	"BT\n"								\
	"UNCLAS PORT ARDEN 000426\n\n"					\
	"SENSITIVE\n"							\
	"SIPDIS\n\n"							\
	"E.O. 12958: N/A\n"						\
	"TAGS: ECON, ZQ\n"						\
	"SUBJECT: FERRY TO SAINT BRANNOC RUNS AGAIN\n\n"		\
	"1. (SBU) The ferry runs again on Monday.\n\n"			\
	"2. (U) The fare is four crowns.\n"				\
	"WREN\n"							\
	"BT\n"								\
	"#0426\n"							\
	"NNNN\n"

/* The one that is there already, for what only an archive shows. */
#define SECOND								\
	"VZCZCMSO0216\n"						\
	"OO RUEHC\n"							\
	"DE RUEHPN #0424 1611400\n"					\
	"ZNY CCCCC ZZH\n"						\
	"O 091400Z JUN 08\n"						\
	"FM AMEMBASSY PORT ARDEN\n"					\
	"TO RUEHC/SECSTATE WASHDC IMMEDIATE 9666\n"			\
	"BT\n"								\
	"C O N F I D E N T I A L PORT ARDEN 000424\n\n"			\
	"NOFORN\n"							\
	"SIPDIS\n\n"							\
	"E.O. 12958: DECL: 06/09/2018\n"				\
	"TAGS: PREL, ECON, ZQ\n"					\
	"SUBJECT: (U) HARBOUR MINISTER ARRIVES\n\n"			\
	"Classified By: Ambassador Ada Wren for reasons\n"		\
	"1.4 (b) and (d).\n\n"						\
	"1. (C/NF) The minister has arrived.\n\n"			\
	"2. (U) She stays a week.\n"					\
	"WREN\n"							\
	"BT\n"								\
	"#0424\n"							\
	"NNNN\n"

#define TWO	SECOND CLASSIFIED

/* Sections of one telegram. */
#define SECTION_1							\
	"VZCZCMSO0216\n"						\
	"OO RUEHC\n"							\
	"DE RUEHPN #0424/01 1611400\n"					\
	"ZNY CCCCC ZZH\n"						\
	"O 091400Z JUN 08\n"						\
	"FM AMEMBASSY PORT ARDEN\n"					\
	"TO RUEHC/SECSTATE WASHDC IMMEDIATE 9665\n"			\
	"BT\n"								\
	"C O N F I D E N T I A L SECTION 01 OF 02 PORT ARDEN 000424\n\n" \
	"NOFORN\n\n"							\
	"E.O. 12958: DECL: 06/09/2018\n"				\
	"TAGS: PREL, ZQ\n"						\
	"SUBJECT: (U) HARBOUR MINISTER ARRIVES\n\n"			\
	"Classified By: Ambassador Ada Wren for reasons\n"		\
	"1.4 (b) and (d).\n\n"						\
	"1. (C/NF) The minister has arrived.\n\n"			\
	"BT\n"								\
	"#0424\n"							\
	"NNNN\n"
#define SECTION_2							\
	"VZCZCMSO0217\n"						\
	"OO RUEHC\n"							\
	"DE RUEHPN #0424/02 1611400\n"					\
	"ZNY CCCCC ZZH\n"						\
	"O 091400Z JUN 08\n"						\
	"FM AMEMBASSY PORT ARDEN\n"					\
	"TO RUEHC/SECSTATE WASHDC IMMEDIATE 9666\n"			\
	"BT\n"								\
	"C O N F I D E N T I A L SECTION 02 OF 02 PORT ARDEN 000424\n\n" \
	"NOFORN\n\n"							\
	"2. (U) She stays until Monday.\n"				\
	"WREN\n"							\
	"BT\n"								\
	"#0424\n"							\
	"NNNN\n"

#define RIS	"RUEHVQ|RUEHQB|RUEHCQ|RUEHQM|RUEHAB|RUEHAD|RUEHUJA|RUEHAR|" \
	"RUEHDS|RUEHAS|RUEHAM|RUEHAK|RUEHAN|RUEHAH|RUEHAE|RUEHAC|RUEHTH|" \
	"RUEHGB|RUEHKB|RUEHBP"
#define POSTS	"AMEMBASSY TAMARIND|AMEMBASSY MARISTAN|AMEMBASSY ABIDJAN|"  \
	"AMEMBASSY ABU DHABI|AMEMBASSY ABUJA|AMEMBASSY ACCRA|"		\
	"AMEMBASSY ALGIERS|AMEMBASSY AMMAN|AMEMBASSY ANKARA|"		\
	"AMEMBASSY APIA|AMEMBASSY ASMARA|AMEMBASSY ATHENS|"		\
	"AMEMBASSY BAGHDAD|AMEMBASSY BAKU|AMEMBASSY BAMAKO|"		\
	"AMEMBASSY BANGKOK|AMEMBASSY BANJUL|AMEMBASSY BEIJING|"		\
	"AMEMBASSY SAINT BRANNOC|AMEMBASSY BANGUI"
#define NOWHERE	"AMEMBASSY NOWHERE|AMCONSUL FARAWAY|USMISSION ATLANTIS|"    \
	"AMEMBASSY LILLIPUT|AMEMBASSY UTOPIA|AMCONSUL EREWHON|"		\
	"AMEMBASSY RURITANIA|AMEMBASSY GRAUSTARK|USDAO NOWHERE|"	\
	"CDR LAST FLEET|AMEMBASSY LAPUTA|AMCONSUL BROBDINGNAG|"		\
	"AMEMBASSY THULE|AMEMBASSY ARCADIA|USINT COCKAIGNE|"		\
	"AMEMBASSY AVALON|AMCONSUL CAMELOT|AMEMBASSY SHANGRILA|"	\
	"AMEMBASSY ELDORADO|AMEMBASSY ZENDA"
#define AGENCIES "NSC WASHDC|CIA WASHDC|SECDEF WASHDC|CIA WASHINGTON DC|"   \
	"JOINT STAFF WASHDC|NSC WASHINGTON DC|DIA WASHINGTON DC|"	\
	"DIA WASHDC|FBI WASHDC|WHITE HOUSE WASHINGTON DC"
#define NAMES	"Wren|Finch|Heron|Plover|Teal|Curlew|Dunlin|Avocet|Martin|" \
	"Swift|Linnet|Siskin|Pipit|Merlin|Kestrel|Osprey|Lapwing|Grebe|" \
	"Godwit|Petrel"
#define CAPS	"WREN|FINCH|HERON|PLOVER|TEAL|CURLEW|DUNLIN|AVOCET|MARTIN|" \
	"SWIFT|LINNET|SISKIN|PIPIT|MERLIN|KESTREL|OSPREY|LAPWING|GREBE|" \
	"GODWIT|PETREL"
#define YEARS_11 "11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30"
#define ACCENTS	"\xc3\xa9|\xc3\xbc|\xc3\xb1|\xc3\xb8|\xc3\xa5|\xc3\xa7|"    \
	"\xc3\xb6|\xc3\xa4|\xc3\x9f|\xc3\xa6|\xc5\x93|\xc5\x82|\xc5\x91|" \
	"\xc5\xa1|\xc5\xbe|\xc4\xb1|\xc4\x9f|\xc3\xa8|\xe2\x82\xac|\xc3\xaa"
#define FOREIGN	"the Maristan Ministry of Ships|the Foreign Ministry|"	    \
	"the Prime Minister|the Ministry of Harbours|the Tamarind MFA|"	\
	"the Minister of Lights|the Government of Maristan|"		\
	"the King|the Sultan|the Foreign Minister"

static const mutation mutations[] = {
/* characters, line length */
{ "CHR-001", CLASSIFIED, 0, { { "ferry", "f%srry" } }, ACCENTS,
  { { "ferry", "fairy" } } },
{ "CHR-002", CLASSIFIED, 0, { { "INFO RUEHKQ/AMEMBASSY KESSELHAVN",
  "INFO RUEHKQ/%s" } },
  "AMEMBASSY Kesselhavn|amembassy KESSELHAVN|AMEMBASSY kesselhavn|"
  "Amembassy KESSELHAVN|AMEMBASSY KESSELHAVn|AMEMBASSY KESSELhavn",
  { { "lighthouse", "beacon" } } },
{ "CHR-003", CLASSIFIED, 0, { { "ferry", "ferry%s" } },
  "\xe2\x80\x99s boat|\xe2\x80\x98|\xe2\x80\x9cone\xe2\x80\x9d|\xc2\xa0|"
  "\xe2\x80\x93|\xe2\x80\x94|\xe2\x80\xa6|\xc2\xb6", { { "ferry", "ferry's" } } },
{ "CHR-004", CLASSIFIED, 0, { { "ferry", "%s" } },
  "xxxxxx|XXXXXX|______|[   ]|[______]|xxxxxxxxxxxx|XXXXXXXXXX|_______|[ ]|"
  "xxxxxxxxxxxxxxxxxx", { { "ferry", "xxxxx" } } },
{ "LEN-001", CLASSIFIED, 0, { { "SECSTATE WASHDC IMMEDIATE",
  "SECSTATE WASHDC%x IMMEDIATE" } }, "A", { { "SECSTATE WASHDC IMMEDIATE",
  "SECSTATE WASHDC AAAAAAAAAAAAAAAAAAAAAAAAAAAAA IMMEDIATE" } } },
{ "LEN-002", CLASSIFIED, DRAFT, { { "again on Monday.", "again on Monday %w." } }, "A",
  { { "again on Monday.", "again on Monday and Tuesday all day." } } },
{ "LEN-003", CLASSIFIED, DRAFT, { { "again on Monday.",
  "again on Monday %y." } }, "A", { { "again on Monday.",
  "again on Monday at 9 morning." } } },
{ "LEN-004", CLASSIFIED, 0, { { "The ferry", "The ferry %x" } }, "A",
  { { "again on Monday.", "again on Monday and on Tuesday all day long." } } },
/* format lines 1 to 4 */
{ "FL1-001", CLASSIFIED, 0, { { "VZCZCMSO0217", "%s" } },
  "VZCZCMS0217|VZCZCMSO17|VZCZCMSOX217|VZCZC0217|ZCZCMSO0217|VZCZCMSO02171|"
  "VZCZCM1O0217|VZCZC MSO0217|VZCZCMSO02A7|VZCZCMSO", { { "VZCZCMSO0217",
  "VZCZCMSO217" } } },
{ "FL2-001", CLASSIFIED, 0, { { "OO RUEHC", "%s RUEHC" } },
  "O|P|R|Z|OP|PO|RO|OR|ZO|OZ|RP|PR|AB|XX|QQ|IMMEDIATE|00|0O|O0|PP1",
  { { "OO RUEHC", "PP RUEHC" } } },
{ "FL2-002", CLASSIFIED, 0, { { "OO RUEHC", "%s RUEHC" } },
  "PP|RR|ZZ|YY|WW", { { "RUEHKQ\n", "RUEHNQ\n" } } },
{ "FL2-003", CLASSIFIED, 0, { { "RUEHC RUEHKQ", "RUEHC %s" } },
  "RUEH1|XUEHC|RUE|RUEHCCCCC|RU3HC|AUEHC|RUEH-C|R1EHC|RUEHKQQQQ|SUEHKQ|RU|"
  "RUEH.|RUEHKQ1|1RUEHKQ|BUEHKQ", { { "RUEHC RUEHKQ", "RUEHC RUEHKQAB" } } },
{ "FL2-004", CLASSIFIED, 0, { { "RUEHC RUEHKQ", "RUEHC RUEHKQ %s" } },
  "RUEHC|RUEHKQ|RUEHC RUEHAA|RUEHAA RUEHAA|RUEHBB RUEHC|RUEHAA RUEHKQ|"
  "RUEHAB RUEHAC RUEHAB", { { "RUEHC RUEHKQ", "RUEHC RUEHKQ RUEHAA" } } },
{ "FL2-005", CLASSIFIED, 0, { { "OO RUEHC", "ZZ RUEHC" },
  { "O P 091456Z", "Z P 091456Z" }, { "IMMEDIATE 9667", "FLASH 9667" },
  { "PRIORITY 0101", "%s 01%z" } },
  "PRIORITY|ROUTINE|IMMEDIATE|NIACT IMMEDIATE", { { "OO RUEHC", "ZZ RUEHC" },
  { "O P 091456Z", "Z 091456Z" }, { "IMMEDIATE 9667", "FLASH 9667" },
  { "PRIORITY 0101", "FLASH 0101" } } },
{ "FL2-006", CLASSIFIED, DRAFT, { { "OO RUEHC RUEHKQ", "OO %s" } },
  "RUEHC|RUEHKQ|RUEHAA|RUEHC RUEHAA|RUEHKQ RUEHAA|RUEHNQ RUEHVQ",
  { { "OO RUEHC RUEHKQ", "OO RUEHKQ RUEHC" } } },
{ "FL2-007", CLASSIFIED, 0, { { "RUEHKQ/AMEMBASSY", "%s/AMEMBASSY" } }, RIS,
  { { "RUEHKQ/AMEMBASSY", "RUEHNQ/AMEMBASSY" } } },
{ "FL3-001", CLASSIFIED, 0, { { "DE RUEHPN #0425 1611456", "%s" } },
  "DE RUEHPN #425 1611456|DE RUEHPN 0425|DE RUEHPN #0425|DE #0425 1611456|"
  "DE RUEHPN #04255 1611456|DE RUEHPN #0425 161145|DE 12 #0425 1611456|"
  "DE RUEHPN #0425/1 1611456|DE RUEHPN|DE RUEHPN #0425 16114560|"
  "FROM RUEHPN #0425 1611456", { { "DE RUEHPN #0425 1611456",
  "DE RUEHPN 0425 09/1456Z" } } },
{ "FL3-002", CLASSIFIED, 0, { { "#0425 161", "#04%z 161" } }, "A",
  { { "1611456", "1611457" } } },
{ "FL3-003", CLASSIFIED, 0, { { "#0425 161", "#0425/%s 161" } },
  "02|03|04|05|06|07|08|09|10|11|12", { { "#0425 161", "#0425/01 161" } } },
{ "FL3-004", CLASSIFIED, 0, { { "1611456", "%s" } },
  "0001456|3671456|4001456|1612456|1611460|9991456|1612500|1619999|5001456|"
  "1611499", { { "1611456", "1611500" } } },
{ "FL3-005", CLASSIFIED, 0, { { "1611456", "%s" } },
  "1611455|1601456|1631456|1621457|1501456|1701456|0011200|3001200|1611400|"
  "1622359", { { "1611456", "1621456" } } },
{ "FL3-006", CLASSIFIED, 0, { { "DE RUEHPN", "DE %s" } }, RIS,
  { { "DE RUEHPN", "DE RUEHXX" } } },
{ "FL4-001", CLASSIFIED, 0, { { "ZNY CCCCC ZZH", "%s" } },
  "ZNX CCCCC ZZH|ZNYCCCCC|ZN CCCCC|ZNY|ZMY CCCCC ZZH|CCCCC ZZH|YNZ CCCCC",
  { { "ZNY CCCCC ZZH", "ZNY CCCCC ZZH ZDK" } } },
{ "FL4-002", CLASSIFIED, 0, { { "ZNY CCCCC", "%s" } },
  "ZNR CCCCC|ZNR SSSSS|ZNR TTTTT|ZNR UUUUU|ZNR EEEEE|ZNY UUUUU",
  { { "CCCCC ZZH", "CCCCC ZZH ZDK" } } },
{ "FL4-004", CLASSIFIED, 0, { { "ZNY CCCCC", "ZNY %s" } },
  "CCCC|CCCCCC|CCCCD|CCSCC|CCC|C|CONFI|CCCZA|CCCCC/CCCCC|XXXXX|CCCC/AAAAA",
  { { "ZNY CCCCC", "ZNY CCCAB" } } },
{ "FL4-005", CLASSIFIED, 0, { { "CCCCC ZZH", "CCCCC%s" } },
  "| ZDK| ZDS| ZFD| ZZK| ZUI RUEHC0001", { { "CCCCC ZZH",
  "CCCCC ZZH ZDK" } } },
{ "FL4-006", CLASSIFIED, 0, { { "CCCCC ZZH", "CCCCC ZZH %s" } },
  "ZAA|ZAB|ZAC|ZCA|ZCB|ZGA|ZHA|ZKA|ZMA|ZQA|ZAB2", { { "CCCCC ZZH",
  "CCCCC ZZH ZDK" } } },
{ "FL4-007", CLASSIFIED, 0, { { "CCCCC ZZH", "CCCCC ZZH (%s)" } },
  "CCY AD6CB6C9 WSC6493 634|TAO|CCY ADBB|ADX08F306 MSI7676|CCY 1 2 3",
  { { "CCCCC ZZH", "CCCCC ZZH ZDK" } } },
/* format line 5 */
{ "DTG-001", CLASSIFIED, 0, { { "O P 091456Z JUN 08", "%s" } },
  "O P 0914Z JUN 08|O P 091456 JUN 08|O P JUN 08|O P|O P 91456Z JUN 08|"
  "O P 091456Z JUM 08|O P 091456Z JUN|O P 091456Z JUN 8|O P 091456Z 06 08|"
  "O P 09JUN08", { { "O P 091456Z JUN 08", "P 091456Z JUN 08" } } },
{ "DTG-002", CLASSIFIED, 0, { { "091456Z JUN", "%sZ JUN" } },
  "311456|321456|001456|092456|091460|990000|092400|091499|451456|310000",
  { { "091456Z JUN", "301456Z JUN" } } },
{ "DTG-003", CLASSIFIED, 0, { { "091456Z JUN", "091456%s JUN" } },
  "A|B|C|D|E|F|G|H|I|K|L|M|N|O|P|Q|R|S|T|U", { { "091456Z", "091457Z" } } },
{ "DTG-005", CLASSIFIED, 0, { { "O P 091456Z", "%s 091456Z" } },
  "P O|R O|R P|O O|P P|R R|O Z|P Z|R Z|Z Z|O Y|P Y|R Y|Y Y|O W|P W|R W|W W",
  { { "O P 091456Z", "Z P 091456Z" } } },
{ "DTG-006", CLASSIFIED, 0, { { "O P 091456Z", "O 091456Z" },
  { "PRIORITY 0101", "%s 01%z" } }, "PRIORITY|ROUTINE",
  { { "O P 091456Z", "O R 091456Z" } } },
{ "DTG-007", CLASSIFIED, 0, { { "JUN 08", "%s" } },
  "JUN 2008|JUN 2007|JUN 2009|MAY 2008|JUL 2008|AUG 2008|JAN 2008",
  { { "JUN 08", "JUN 09" } } },
/* format lines 6 to 9 */
{ "FM-001", CLASSIFIED, 0, { { "FM AMEMBASSY PORT ARDEN", "%s" } },
  "FROM AMEMBASSY PORT ARDEN|F M AMEMBASSY PORT ARDEN|AMEMBASSY PORT ARDEN|"
  "FM AMEMBASSY PORT ARDEN\nFM AMEMBASSY TAMARIND|MF AMEMBASSY PORT ARDEN",
  { { "FM AMEMBASSY PORT ARDEN", "FM AMEMBASSY TAMARIND" } } },
{ "FM-002", CLASSIFIED, 0, { { "FM AMEMBASSY PORT ARDEN", "FM %s" } },
  NOWHERE, { { "FM AMEMBASSY PORT ARDEN", "FM AMEMBASSY TAMARIND" } } },
{ "ADR-001", CLASSIFIED, 0,
  { { "TO RUEHC/SECSTATE WASHDC IMMEDIATE 9667\n", "%s" } },
  "|T0 RUEHC/SECSTATE WASHDC\n|RUEHC/SECSTATE WASHDC IMMEDIATE 9667\n|"
  "TOO SECSTATE WASHDC\n", { { "IMMEDIATE 9667", "IMMEDIATE 9668" } } },
{ "ADR-002", CLASSIFIED, 0,
  { { "RUEHKQ/AMEMBASSY KESSELHAVN PRIORITY 0101",
  "RUEHC/SECSTATE WASHDC %s" } }, "PRIORITY 0101|PRIORITY|0102|ROUTINE|"
  "IMMEDIATE 9668|9669", { { "RUEHKQ/AMEMBASSY KESSELHAVN PRIORITY 0101",
  "RUEHCQ/AMEMBASSY TAMARIND PRIORITY 0101" } } },
{ "ADR-003", CLASSIFIED, 0, { { "PRIORITY 0101\n",
  "PRIORITY 0101\nRUEHKQ/AMEMBASSY KESSELHAVN %s\n" } },
  "PRIORITY 0102|PRIORITY|0103|ROUTINE|PRIORITY 01%z", { { "PRIORITY 0101\n",
  "PRIORITY 0101\nRUEHNQ/AMCONSUL NORTHMOLE PRIORITY\n" } } },
{ "ADR-004", CLASSIFIED, 0, { { "WASHDC IMMEDIATE 9667",
  "WASHDC %s 9667" } },
  "IMEDIATE|IMMEDIAT|INMEDIATE|PRIORITI|PRIORTY|PRIROITY|ROUTIN|ROUTNE|"
  "ROTUINE|FLASHH|URGENT|DEFERRED|EMERGENCY|OPERATIONAL|NORMAL|IMMEDITE|"
  "IMMMEDIATE|PRIORIT|IMMIDIATE|PRIORETY", { { "WASHDC IMMEDIATE 9667",
  "WASHDC ROUTINE 9667" } } },
{ "ADR-005", CLASSIFIED, 0, { { "PRIORITY 0101", "%s 01%z" } },
  "FLASH|NIACT IMMEDIATE", { { "PRIORITY 0101", "IMMEDIATE 0101" } } },
{ "ADR-006", CLASSIFIED, 0, { { "PRIORITY 0101", "PIORITY 01%z" } }, "A",
  { { "PRIORITY 0101", "PRIORITY 0102" } } },
{ "ADR-007", CLASSIFIED, 0, { { "IMMEDIATE 9667", "IMMEDIATE %s" } },
  "966|96677|966-967|96670|9667-|967-9668|9667-968|966-9667|123",
  { { "IMMEDIATE 9667", "IMMEDIATE 0000" } } },
{ "ADR-008", CLASSIFIED, 0, { { "L PORT ARDEN 000425",
  "L SECTION 01 OF 02 PORT ARDEN 000425" }, { "9667", "9667-%s" } },
  "9667|9669|9670|9671|9672|9680|9690|0001", { { "L PORT ARDEN 000425",
  "L SECTION 01 OF 02 PORT ARDEN 000425" }, { "9667", "9667-9668" } } },
{ "ADR-009", CLASSIFIED, 0, { { "AMEMBASSY KESSELHAVN PRIORITY",
  "%s PRIORITY" } }, NOWHERE, { { "AMEMBASSY KESSELHAVN PRIORITY",
  "AMCONSUL NORTHMOLE PRIORITY" } } },
{ "ADR-010", CLASSIFIED, 0, { { "TO RUEHC/SECSTATE WASHDC IMMEDIATE 9667\n",
  "" }, { "PRIORITY 0101\n",
  "PRIORITY 01%z\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 9667\n" } }, "A",
  { { "PRIORITY 0101\n", "PRIORITY 0102\n" } } },
{ "ADR-011", CLASSIFIED, 0, { { "RUEHKQ/AMEMBASSY KESSELHAVN PRIORITY 0101",
  "ZEN/%s PRIORITY 01%z" } }, POSTS, { { "PRIORITY 0101", "PRIORITY 0102" } } },
{ "XMT-001", CLASSIFIED, 0, { { "PRIORITY 0101\n",
  "PRIORITY 0101\nXMT %s\n" } }, POSTS, { { "PRIORITY 0101\n",
  "PRIORITY 0101\nIRAN COLLECTIVE\nXMT AMEMBASSY TAMARIND\n" } } },
{ "XMT-002", CLASSIFIED, 0, { { "PRIORITY 0101\n",
  "PRIORITY 0101\nIRAN COLLECTIVE\nXMT %s\nAMEMBASSY KESSELHAVN\n" } },
  POSTS, { { "PRIORITY 0101\n",
  "PRIORITY 0101\nIRAN COLLECTIVE\nXMT AMEMBASSY TAMARIND\n" } } },
/* the frame */
{ "BT-001", CLASSIFIED, 0, { { "WREN\nBT\n", "%s\n" } }, CAPS,
  { { "WREN\nBT\n", "FINCH\nBT\n" } } },
{ "BT-002", CLASSIFIED, 0, { { "3. (U)", "%s fish.\n\nBT\n\n3. (U)" } },
  "Many|Some|Most|Few|Good|Bad|Old|New", { { "3. (U)",
  "Many fish.\n\nB T\n\n3. (U)" } } },
{ "EOM-001", CLASSIFIED, 0, { { "#0425\nNNNN", "#04%z\nNNNN" } }, "A",
  { { "WREN\nBT", "FINCH\nBT" } } },
{ "EOM-002", CLASSIFIED, 0, { { "#0425\nNNNN\n", "#0425\n%s" } },
  "|\n|\n\n", { { "#0425\nNNNN\n", "#0425\n\nNNNN\n" } } },
{ "EOM-003", CLASSIFIED, 0, { { "the ferry", "the %s ferry" } },
  "NNNN|ZCZC|slow NNNN|old ZCZC|new NNNN|ZCZC NNNN", { { "the ferry",
  "the NNN ferry" } } },
/* classification */
{ "CLS-001", CLASSIFIED, 0, { { "C O N F I D E N T I A L PORT ARDEN 000425",
  "%s" } }, "|PORT ARDEN 000425|THE PORT ARDEN 000425|NUMBER 000425",
  { { "PORT ARDEN 000425\n", "PORT ARDEN 000426\n" } } },
{ "CLS-002", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s\nNOFORN\nSIPDIS" } },
  "SECRET|S E C R E T|UNCLAS|UNCLASSIFIED|TOP SECRET|SECRET//NOFORN|"
  "T O P S E C R E T", { { "NOFORN\nSIPDIS",
  "CONFIDENTIAL//NOFORN\nSIPDIS" } } },
{ "CLS-003", CLASSIFIED, 0, { { "C O N F I D E N T I A L PORT", "%s PORT" } },
  "CONFIDENTIAL|CO N F I D E N T I A L|C ONFIDENTIAL|CC O N F I D E N T I A L|"
  "O N F I D E N T I A L|C O N F I D E N T I AL|SECRET|S ECRET|SE C R E T|"
  "SS E C R E T|E C R E T|U N C L A S|UN CLAS|TOP SECRET|CONFIDENTIA L|"
  "C O NFIDENTIAL|CON F I D E N T I A L", {
  { "C O N F I D E N T I A L PORT", "S E C R E T PORT" } } },
{ "CLS-004", CLASSIFIED, 0, { { "C O N F I D E N T I A L PORT", "%s PORT" } },
  "RESTRICTED|OFFICIAL USE ONLY|SENSITIVE|PRIVATE|PROTECTED|NATO SECRET|"
  "CLASSIFIED|FOUO|SBU|CUI|PUBLIC|INTERNAL|PERSONAL|R E S T R I C T E D|OPEN|"
  "LIMITED OFFICIAL USE", { { "C O N F I D E N T I A L PORT",
  "S E C R E T PORT" } } },
{ "CLS-005", CLASSIFIED, 0, { { "ZNY CCCCC", "ZNY %s" } },
  "SSSSS|TTTTT|EEEEE|SSSAB|TTTTT/AAAAA|SSSSS/BBBBB", { { "ZNY CCCCC",
  "ZNY CCCAB" } } },
{ "CLS-006", CLASSIFIED, 0, { { "L PORT ARDEN 000425",
  "L SECTION 01 OF 02 PORT ARDEN 000425" }, { "3. (U)",
  "%s SECTION 02 OF 02 PORT ARDEN 000425\n\n3. (U)" } },
  "S E C R E T|UNCLAS|SECRET|T O P S E C R E T|UNCLASSIFIED",
  { { "L PORT ARDEN 000425", "L SECTION 01 OF 02 PORT ARDEN 000425" },
  { "3. (U)",
  "C O N F I D E N T I A L SECTION 02 OF 02 PORT ARDEN 000425\n\n3. (U)" } } },
{ "CLS-007", UNCLASS, 0, { { "JUN 08", "JUN %s" }, { "(SBU)", "(LOU)" } },
  "96|97|98|99|00|01|02|03|04|05|06|07|08|09|10|11|12|13|14|15",
  { { "JUN 08", "JUN 95" }, { "(SBU)", "(LOU)" } } },
{ "CLS-008", UNCLASS, DRAFT | CUI, { { "JUN 08", "JUN %s" } },
  "17|18|19|20|21|22|23|24|25|26", { { "JUN 08", "JUN 15" } } },
{ "CLS-010", CLASSIFIED, 0, { { "E.O. 12958: DECL: 06/09/2018\n", "" },
  { "JUN 08", "JUN %s" } }, "08|73|75|77|79|81|83|85|87|89|91|93|95|97|99|01",
  { { "E.O. 12958: DECL: 06/09/2018\n", "" }, { "JUN 08", "JUN 70" } } },
{ "CLS-011", CLASSIFIED, 0, { { "E.O. 12958: DECL: 06/09/2018", "%s" } },
  "EO 12958: DECL: 06/09/2018|E.O. 12958 DECL: 06/09/2018|"
  "E.O. 12958: 06/09/2018|E.O. 12958: DECL: 6/9/2018|"
  "E.O. 12958: DECL: 2018/06/09|E.O. 12958: DECL: 20180609|"
  "E.O 12958: DECL: 06/09/2018|E.O. 12958: DECL 06/09/2018|"
  "E.O. 12958: DECL: 06-09-2018|EO 12958 DECL: 06/09/2018",
  { { "06/09/2018", "06/10/2018" } } },
{ "CLS-012", CLASSIFIED, 0, { { "12958", "%s" } },
  "12598|19528|12985|12858|12959|13958|12968|11958|12938|12957|21958|12955",
  { { "06/09/2018", "06/10/2018" } } },
{ "CLS-013", CLASSIFIED, 0, { { "12958", "13526" }, { "JUN 08", "JUN %s" } },
  "96|97|98|99|00|01|02|03|04|05|06|07|08|09", { { "12958", "13526" },
  { "JUN 08", "JUN 11" } } },
{ "CLS-014", CLASSIFIED, 0, { { "JUN 08", "JUN %s" } }, YEARS_11,
  { { "JUN 08", "JUN 09" } } },
{ "CLS-015", CLASSIFIED, 0, { { "DECL: 06/09/2018", "%s" } },
  "N/A|NA|N.A.|DECL: N/A|n/a|NOT APPLICABLE", { { "06/09/2018",
  "06/10/2018" } } },
{ "CLS-016", UNCLASS, 0, { { "N/A", "DECL: %s" } },
  "06/10/2018|06/10/2013|01/01/2012|12/31/2017|06/10/2033|05/05/2015",
  { { "JUN 08", "JUN 09" } } },
{ "CLS-017", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "X1|X2|X3|X4|X5|X6|X7|X8|X1, X6|1.6X5", { { "06/09/2018", "X1" },
  { "JUN 08", "JUN 98" } } },
{ "CLS-018", CLASSIFIED, 0, { { "DECL: 06/09/2018", "%s" } },
  "DECL: OADR|DECL: MR|GDS|XGDS-1|RDS-1|XDS-2|ADS|OADR|XGDS|GDS 06/09/18",
  { { "06/09/2018", "06/10/2018" } } },
{ "CLS-019", CLASSIFIED, 0, { { "06/09/2018\nTAGS", "%s TAGS" } },
  "06/09/2018|06/10/2018|06/09/2017|01/01/2015|05/05/2014", {
  { "06/09/2018", "06/10/2018" } } },
{ "CLS-020", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "06/09/2008|06/08/2008|06/09/2007|01/01/2001|12/31/1999|05/05/2005",
  { { "06/09/2018", "06/10/2008" } } },
{ "CLS-021", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "02/30/2018|13/32/2018|00/09/2018|06/31/2018|06/00/2018|02/29/2018|"
  "2018/13/09|20181309|04/31/2018|99/99/2018", { { "06/09/2018",
  "02/28/2018" } } },
{ "CLS-022", CLASSIFIED, 0, { { "06/09/2018", "06/%s" } },
  "11/2033|09/2034|09/2038|09/2048|09/2058|09/2083", { { "06/09/2018",
  "06/09/2033" } } },
{ "CLS-023", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "25/11/2018|13/06/2018|31/12/2017|30/04/2016|15/08/2015|20/02/2018",
  { { "06/09/2018", "11/25/2017" } } },
{ "CLS-024", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "6/9/18|06/09/18|06/09/09|12/31/17|1/1/15|06/09/33", { { "06/09/2018",
  "06/09/2017" } } },
{ "CLS-025", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "TEN YEARS AFTER THE TREATY|WHEN THE MINISTER LEAVES|END OF THE TALKS|"
  "CLOSURE OF THE PORT|AFTER THE ELECTIONS|COMPLETION OF THE LIGHTHOUSE",
  { { "06/09/2018", "06/10/2018" } } },
{ "CLS-026", CLASSIFIED, 0, { { "DECL: 06/09/2018", "DNG: %s" } },
  "CO 06/09/2018|C 06/09/2018|CONFIDENTIAL 06/09/2018|S 06/09/2018|"
  "SE 06/09/2018", { { "06/09/2018", "06/10/2018" } } },
{ "CLS-027", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "25X2, 06/09/2040|25X6|25X3|25X4, 20400609|25X9|25X5|25X7|25X8",
  { { "06/09/2018", "25X1-human" } } },
{ "CLS-028", CLASSIFIED, 0, { { "(C/NF)", "(%s)" } },
  "C/RD|S/RD|C/FRD|C//FRD|C/TFNI|C//RD/NF|C/NF/RD", { { "(C/NF)",
  "(C//NF)" } } },
{ "CLS-029", CLASSIFIED, 0, { { "06/09/2018", "06/09/2033" },
  { "Ambassador Ada Wren for reasons\n1.4 (b) and (d).",
  "Ambassador Ada %s." } }, NAMES, { { "06/09/2018", "06/09/2033" } } },
{ "CLS-030", CLASSIFIED, 0,
  { { "Classified By: Ambassador Ada Wren for reasons\n1.4 (b) and (d).\n\n",
  "" }, { "JUN 08", "JUN %s" } }, "08|96|97|98|99|00|01|02|03|04|05|06|07|09",
  { { "Classified By: Ambassador Ada Wren for reasons\n1.4 (b) and (d).\n\n",
  "" }, { "JUN 08", "JUN 94" } } },
{ "CLS-031", CLASSIFIED, 0, { { "Ambassador Ada Wren", "%s" } },
  "Ada Wren|Ambassador|DCM|CDA|Charge d'Affaires|Ada B. Wren|Consul General|"
  "Political Counselor|Ida Finch|Tom Teal", { { "Ambassador Ada Wren",
  "DCM Ada Wren" } } },
{ "CLS-032", CLASSIFIED, 0,
  { { "Ambassador Ada Wren for reasons\n1.4 (b) and (d).",
  "Ambassador Ada %s." } }, NAMES, { { "1.4 (b) and (d)", "1.4 (d)" } } },
{ "CLS-033", CLASSIFIED, 0, { { "1.4 (b) and (d).", "%s." } },
  "(b) and (d)|(b)|(d)|b and d|(b/d)|(a), (b)", { { "1.4 (b) and (d)",
  "1.4 (d)" } } },
{ "CLS-034", CLASSIFIED, 0, { { "1.4 (b) and (d).", "1.5 %s." } },
  "(b) and (d)|(b)|(d)|(a)|(c)|(e)|(f)|(g)", { { "1.4 (b) and (d).",
  "1.5 (b) and (d)." }, { "JUN 08", "JUN 02" } } },
{ "CLS-035", CLASSIFIED, 0, { { "1.4 (b) and (d).", "1.4 (b) and %s." } },
  "(i)|(j)|(k)|(l)|(m)|(n)|(o)|(p)|(q)|(r)|(v)|(w)|(x)|(y)|(z)",
  { { "1.4 (b) and (d).", "1.4 (b) and (h)." } } },
{ "CLS-036", CLASSIFIED, 0, { { "1. (C) Summary",
  "Derived From: %s\n\n1. (C) Summary" } },
  "DSCG 05-1 B, D|08 STATE 4411|08 TAMARIND 5|DSCG 05-1|Memorandum of June 1",
  { { "1.4 (b) and (d)", "1.4 (d)" } } },
{ "CLS-037", CLASSIFIED, 0,
  { { "Classified By: Ambassador Ada Wren for reasons\n1.4 (b) and (d).",
  "Derived From: %s" } },
  "Multiple Sources|MULTIPLE SOURCES|multiple sources|Multiple Sources.",
  { { "Classified By: Ambassador Ada Wren for reasons\n1.4 (b) and (d).",
  "Derived From: Multiple Sources: 08 STATE 4411, 08 TAMARIND 5" } } },
{ "CLS-038", CLASSIFIED, 0, { { "C O N F I D E N T I A L PORT",
  "T O P  S E C R E T PORT" }, { "Ambassador Ada", "%s Ada" } },
  "Poloff|Econoff|Consul|Political Officer|Agricultural Attache|Vice Consul",
  { { "C O N F I D E N T I A L PORT", "T O P  S E C R E T PORT" } } },
{ "CLS-039", UNCLASS, 0, { { "1. (SBU)",
  "Classified By: Ambassador Ada %s for reasons 1.4 (d).\n\n1. (SBU)" } },
  NAMES, { { "1. (SBU)", "1.  (SBU)" } } },
{ "CLS-040", CLASSIFIED, 0, { { "1. (C)", "1. (%s)" } },
  "S|TS|S/NF|S//NF|SECRET|TS/NF|S/REL GBR|TOP SECRET", { { "1. (C)",
  "1. (C/NF)" } } },
{ "CLS-041", CLASSIFIED, 0, { { "1. (C)", "1. (U)" },
  { "2. (C/NF)", "2. (%s)" } },
  "U|SBU|SBU/NF|U//FOUO|FOUO|LOU|UNCLAS|SBU//NF|SBU-N|SBU NF|UNCLASSIFIED",
  { { "1. (C)", "1. (U)" } } },
{ "CLS-042", CLASSIFIED, 0, { { "1. (C) ", "1. " }, { "2. (C/NF) ", "2. " },
  { "3. (U) The ferry", "3. The %s" } },
  "ferry|boat|ship|barge|steamer|launch|tug|cutter", { { "1. (C) ",
  "1.  (C) " } } },
{ "CLS-043", CLASSIFIED, 0, { { "2. (C/NF) She", "2. %s" } },
  "She|He|They|One|Wren|Nobody|The minister|Finch", { { "2. (C/NF) She",
  "2. (C/NF) He" } } },
{ "CLS-044", CLASSIFIED, 0, { { "2. (C/NF)", "2. (%s)" } },
  "NF|N/SF|/REL UK|NOFORN|SS|CC|SF|REL UK|FGI|NS|BSU|/NF", { { "2. (C/NF)",
  "2. (C//NF)" } } },
{ "CLS-045", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "SIPDIS" },
  { "(C/NF)", "(%s)" } },
  "C/NF|C//NF|C/NOFORN|C NF|C-NF|C/OC|C//OC/NF|C/ORCON|C/PR|C/PROPIN",
  { { "NOFORN\nSIPDIS", "SIPDIS" }, { "(C/NF)", "(C)" } } },
{ "CLS-046", CLASSIFIED, 0, { { "NOFORN\nSIPDIS",
  "REL TO USA, %s\nSIPDIS" } }, "GBR|CAN|AUS|NZL|DEU|FRA|ITA|ESP|NOR|DNK",
  { { "NOFORN\nSIPDIS", "REL TO USA, GBR\nSIPDIS" },
  { "(C/NF)", "(C/REL GBR)" } } },
{ "CLS-047", CLASSIFIED, 0, { { "(C/NF)", "(C/REL %s)" } },
  "ROYG|XXX|ATLANTIS|GBR, ROYG|QQQ|NOWHERE|ZZZ|LILLIPUT", { { "(C/NF)",
  "(C/REL GBR, CAN)" } } },
{ "CLS-048", CLASSIFIED, 0, { { "(U) HARBOUR MINISTER", "%s" } },
  "HARBOUR MINISTER|MINISTER|THE MINISTER|ARDEN MINISTER|NEW MINISTER",
  { { "(U) HARBOUR", "(C) HARBOUR" } } },
{ "CLS-049", CLASSIFIED, 0, { { "3. (U) The ferry runs again on Monday.",
  "3. (U) Text of Memorandum from %s:\n\nThe lights are ours.\n\n"
  "End Text of Memorandum." } }, FOREIGN,
  { { "3. (U) The ferry runs again on Monday.",
  "3. (C//FGI) Text of Memorandum from the King:\n\nThe lights are ours.\n\n"
  "End Text of Memorandum." } } },
{ "CLS-050", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s" } },
  "NODIS\nEXDIS|EXDIS\nNODIS|NODIS\nEXDIS\nNOFORN|NODIS\nNOFORN\nEXDIS|"
  "NODIS EXDIS", { { "NOFORN\nSIPDIS", "NODIS\nNOFORN" } } },
{ "CLS-051", CLASSIFIED, 0, { { "(C/NF)", "(C/NF/%s)" } },
  "REL GBR|REL TO CAN|RELIDO|EYES|REL NATO|REL TO USA, AUS", { { "(C/NF)",
  "(C/REL GBR)" } } },
{ "CLS-052", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "NODIS" },
  { "(C/NF)", "(C/REL %s)" } }, "GBR|CAN|AUS|NZL|NATO|FVEY|DEU|FRA",
  { { "(C/NF)", "(C/REL GBR)" } } },
{ "CLS-053", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s\nROGER CHANNEL" } },
  "DISSENT CHANNEL|DS CHANNEL|DEA CHANNEL|MED CHANNEL|TM CHANNEL|HRD CHANNEL|"
  "DIRGEN CHANNEL|AGREMENT CHANNEL|MEDICAL CHANNEL", { { "NOFORN\nSIPDIS",
  "ROGER CHANNEL" } } },
{ "CLS-054", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s" } },
  "SIPDIS\nNOFORN|SIPDIS\nEXDIS|NOFORN\nEXDIS|SIPDIS\nSTADIS|EXDIS\nNODIS|"
  "NOFORN\nLIMDIS|SENSITIVE\nNOFORN", { { "NOFORN\nSIPDIS",
  "EXDIS\nNOFORN" } } },
{ "CLS-055", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "NOFORN\n%s" } },
  "SENSITIVE|SBU|SENSITIVE BUT UNCLASSIFIED|SENSITIVE\nSIPDIS|SBU\nSIPDIS",
  { { "NOFORN\nSIPDIS", "NOFORN" } } },
{ "CLS-056", UNCLASS, 0, { { "SENSITIVE\nSIPDIS", "%s" } },
  "AGREMENT CHANNEL|AGRMENT CHANNEL", { { "SENSITIVE\nSIPDIS",
  "AGREMENT CHANNEL\nSENSITIVE" } } },
{ "CLS-057", CLASSIFIED, 0, { { "NOFORN\nSIPDIS\n\nDEPARTMENT FOR NEA/ARP",
  "EXDIS" }, { "RUEHKQ/AMEMBASSY KESSELHAVN", "%s" } }, AGENCIES,
  { { "NOFORN\nSIPDIS", "EXDIS" }, { "RUEHKQ/AMEMBASSY KESSELHAVN",
  "NSC WASHDC" } } },
{ "CLS-058", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s\nSIPDIS" } },
  "NODIS|STADIS|ROGER CHANNEL|DISSENT CHANNEL|DS CHANNEL|MED CHANNEL",
  { { "NOFORN\nSIPDIS", "EXDIS\nSIPDIS" } } },
{ "CLS-059", CLASSIFIED, LOW, { { "C O N F I D E N T I A L PORT",
  "%s PORT" } }, "C O N F I D E N T I A L|S E C R E T|T O P  S E C R E T",
  { { "C O N F I D E N T I A L PORT", "UNCLAS PORT" } } },
{ "CLS-062", CLASSIFIED, 0, { { "VZCZCMSO0217", "DECLASSIFIED%s\n\nVZCZCMSO0217" } },
  "| 2006| BY A. WREN| ON MONDAY| IN FULL", { { "VZCZCMSO0217",
  "DECLASSIFIED BY A. WREN, 5 JUL 2006\n\nVZCZCMSO0217" } } },
{ "CLS-063", CLASSIFIED, 0, { { "VZCZCMSO0217", "RECLASSIFIED%s\n\nVZCZCMSO0217" } },
  "| SECRET| SECRET BY A. WREN| BY A. WREN 2006| 2006", { { "VZCZCMSO0217",
  "RECLASSIFIED SECRET BY A. WREN 5 JUL 2006 REASON 1.4 (D) DECL 2030\n\n"
  "VZCZCMSO0217" } } },
{ "CLS-064", CLASSIFIED, 0, { { "O P 091456Z JUN 08", "%s" } },
  "O P|O P JUN 08|O P 0914Z JUN|O P 09 08", { { "O P 091456Z", "P 091456Z" } } },
{ "CLS-066", CLASSIFIED, 0, { { "JUN 08", "JUN %s" },
  { "NOFORN\nSIPDIS", "EXDIS" } }, YEARS_11, { { "JUN 08", "JUN 11" },
  { "NOFORN\nSIPDIS", "EXDIS\nNOFORN" } } },
{ "CLS-067", UNCLASS, 0, { { "UNCLAS PORT ARDEN 000426",
  "UNCLASSIFIED PORT ARDEN 0004%z" } }, "A", { { "000426", "000427" } } },
{ "CLS-068", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "12/31/2008|06/10/2008|07/01/2008|08/15/2008|12/01/2008", {
  { "06/09/2018", "01/02/2009" } } },
{ "CLS-069", CLASSIFIED, 0, { { "3. (U) The ferry runs again on Monday.",
  "3. (C) Text of Memorandum from %s:\n\nThe lights are ours.\n\n"
  "End Text of Memorandum." } }, FOREIGN,
  { { "3. (U) The ferry runs again on Monday.",
  "3. (C//FGI) Text of Memorandum from the King:\n\nThe lights are ours.\n\n"
  "End Text of Memorandum." } } },
{ "CLS-070", CLASSIFIED, 0, { { "1.4 (b) and (d).", "1.4 %s." } },
  "b/d|b and d|b, d|d|B/D|b & d|b|a/b/c", { { "1.4 (b) and (d)",
  "1.4(b) and (d)" } } },
/* number, sections */
{ "MRN-001", CLASSIFIED, 0, { { "C O N F I D E N T I A L PORT ARDEN 000425",
  "%s" } }, "C O N F I D E N T I A L|S E C R E T|UNCLAS|SECRET//NOFORN",
  { { "000425\n", "000426\n" } } },
{ "MRN-002", CLASSIFIED, 0, { { "ARDEN 000425", "ARDEN %s" } },
  "425|0425|00425|4250000|0000425|12345|1", { { "ARDEN 000425",
  "ARDEN 100425" } } },
{ "MRN-003", CLASSIFIED, 0, { { "FM AMEMBASSY PORT ARDEN", "FM %s" } },
  POSTS, { { "FM AMEMBASSY PORT ARDEN", "FM AMEMBASSY NOWHERE" } } },
{ "MRN-005", CLASSIFIED, 0, { { "L PORT ARDEN 000425", "L %s 000425" } },
  "PORT ARDIN|PORT ARDN|PORT ARDENN|PORT ARTEN|PURT ARDEN|PORTARDENS",
  { { "000425\n", "000426\n" } } },
{ "MRN-007", CLASSIFIED, 0, { { "ARDEN 000425", "ARDEN 0004%z" } }, "A",
  { { "L PORT ARDEN 000425", "L" } } },
{ "SEC-001", CLASSIFIED, 0, { { "L PORT ARDEN 000425",
  "L SECTION %s PORT ARDEN 000425" } },
  "03 OF 02|01 OF 01|00 OF 02|01 OF|01/02|05 OF 04|02 OF 01|00 OF 00|1 2",
  { { "L PORT ARDEN 000425", "L SECTION 01 OF 02 PORT ARDEN 000425" } } },
{ "SEC-004", CLASSIFIED, 0, { { "Brannoc pays too much.",
  "Brannoc pays too much. %L" } }, "A", { { "Brannoc pays",
  "Brannoc now pays" } } },
{ "SEC-005", CLASSIFIED, 0, { { "L PORT ARDEN 000425",
  "L SECTION 01 OF 02 PORT ARDEN 000425" }, { "3. (U)",
  "PORT ARDEN %s\n\n3. (U)" } },
  "00000426  002 OF 002|00000425  002 OF 003|00000424  001.2 OF 002|"
  "00001425  002 OF 002|00000425  002 OF 004", { { "L PORT ARDEN 000425",
  "L SECTION 01 OF 02 PORT ARDEN 000425" }, { "3. (U)",
  "PORT ARDEN 00000425  002 OF 002\n\n3. (U)" } } },
{ "SEC-006", CLASSIFIED, 0, { { "L PORT ARDEN 000425",
  "L SECTION 01 OF %s PORT ARDEN 000425" } }, "02|03|04|05|06|07|08|09|10",
  { { "000425\n", "000426\n" } } },
/* captions */
{ "CAP-001", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s\nNOFORN" } },
  "PROTOCOL|CANOE|LIGHTHOUSE|HARBOUR|FERRYMAN|OLDCASTLE", {
  { "NOFORN\nSIPDIS", "NOFORN\nCODEL" } } },
{ "CAP-002", CLASSIFIED, 0, { { "NOFORN\nSIPDIS",
  "%s\nINFORM ALL STATE EMPLOYEES" } }, "NODIS|EXDIS|DISSENT CHANNEL|"
  "ROGER CHANNEL", { { "NOFORN\nSIPDIS",
  "NOFORN\nINFORM ALL STATE EMPLOYEES" } } },
{ "CAP-004", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "%s" } },
  "NOFORN SIPDIS|NOFORN, SIPDIS|EXDIS NOFORN|NODIS, NOFORN|STADIS SIPDIS",
  { { "NOFORN\nSIPDIS", "EXDIS\nNOFORN" } } },
{ "CAP-005", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "NOFORN\nSIPDIS\n%s" } },
  "SIPDIS|NOFORN|\nSIPDIS|\nNOFORN", { { "NOFORN\nSIPDIS",
  "NOFORN\nSIPDIS\nCODEL" } } },
{ "CAP-007", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "NOFORN\n%s" } },
  "ROGER CHANNEL|DISSENT CHANNEL|DS CHANNEL|MED CHANNEL|TM CHANNEL",
  { { "NOFORN\nSIPDIS", "ROGER CHANNEL\nNOFORN" } } },
{ "CAP-008", CLASSIFIED, 0, { { "NOFORN\nSIPDIS", "STADIS" },
  { "RUEHKQ/AMEMBASSY KESSELHAVN", "%s" } }, AGENCIES,
  { { "NOFORN\nSIPDIS", "STADIS" } } },
{ "CAP-009", CLASSIFIED, 0, { { "2. (C/NF)", "2. (%s)" } },
  "C|U|CONFIDENTIAL|SBU", { { "2. (C/NF)", "2. (C//NF)" } } },
{ "CAP-010", CLASSIFIED, 0, { { "SIPDIS", "OFFICIAL INFORMAL" },
  { "LIGHTHOUSE DUES", "%s" } }, "LIGHTS|DUES|SHIPS|LIGHTHOUSES", {
  { "SIPDIS", "OFFICIAL INFORMAL" }, { "LIGHTHOUSE DUES",
  "LIGHTS: OFFICIAL INFORMAL NO. 3" } } },
{ "ATT-001", CLASSIFIED, 0, { { "DEPARTMENT FOR NEA/ARP", "%s" } },
  "NEA/ARP, NEA/RA|TO THE MINISTER OF LIGHTS|S/CT ADA WREN|PERISHABLE GOODS",
  { { "DEPARTMENT FOR NEA/ARP", "DEPARTMENT FOR EUR" } } },
{ "ATT-002", CLASSIFIED, 0, { { "DEPARTMENT FOR NEA/ARP",
  "DEPARTMENT PASS TO %s" }, { "RUEHKQ/AMEMBASSY KESSELHAVN",
  "%s WASHDC" } }, "NSC|CIA|DIA|FBI", { { "DEPARTMENT FOR NEA/ARP",
  "DEPARTMENT PASS TO NSC" } } },
{ "ATT-003", CLASSIFIED, 0, { { "NEA/ARP", "%s" } },
  "NEA/QQ|EUR/XYZ|QQ/ARP|OES/ZZZ|WHA/QQQ", { { "NEA/ARP", "S/CT" } } },
/* E.O., TAGS, SUBJECT */
{ "EO-001", UNCLASS, 0, { { "E.O. 12958: N/A\n", "" },
  { "JUN 08", "JUN %s" } }, "08|07|06|05|99|95|85|79", {
  { "E.O. 12958: N/A\n", "" }, { "JUN 08", "JUN 70" } } },
{ "EO-004", CLASSIFIED, 0, { { "06/09/2018", "%s" } },
  "011/2/2018|06/009/2018|06/09/208|06/09|06/09/20188|6/2018", {
  { "06/09/2018", "06/10/2018" } } },
{ "TAG-001", CLASSIFIED, 0, { { "TAGS: PREL, ECON, ZQ\n", "%s" } },
  "|TAGS:\n|TAGS: \n", { { "PREL, ECON, ZQ", "PREL" } } },
{ "TAG-002", CLASSIFIED, 0, { { "PREL, ECON, ZQ", "%s" } },
  "ZQ|KDEM, ZQ|UNO|ZQ, KDEM|NATO, ZQ|KDEM", { { "PREL, ECON, ZQ",
  "ECON, ZQ" } } },
{ "TAG-003", CLASSIFIED, 0, { { "ECON", "%s" } },
  "QQXQ|XQXQ|ZZZZ|QOQO|HARBOURS|WXWXWX|WQWQ", { { "ECON", "EPET" } } },
{ "TAG-004", CLASSIFIED, 0, { { "PREL, ECON, ZQ", "%s" } },
  "PREL ECON ZQ|PREL,ECON,ZQ|PREL, ECON ZQ|PREL ECON, ZQ|PREL  ECON  ZQ",
  { { "PREL, ECON, ZQ", "PREL,  ECON, ZQ" } } },
{ "TAG-005", CLASSIFIED, 0, { { "ECON, ZQ", "ECON, ZQ%s" } },
  ".|;| .|,\n", { { "ECON, ZQ", "ECON, EPET, ZQ" } } },
{ "TAG-006", CLASSIFIED, 0, { { "PREL, ECON", "%s" } },
  "PRELECON|PRELEPET|ECONPREL|PGOVPREL|PRELPHUM|EINDETRD", { { "PREL, ECON",
  "PREL, EPET" } } },
{ "TAG-007", CLASSIFIED, 0, { { "ECON, ZQ", "ECON, ZQ, %s" } },
  "PREL|ECON|ZQ|EPET, ECON", { { "ECON, ZQ", "ECON, ZQ, EPET" } } },
{ "TAG-008", CLASSIFIED, 0, { { "ECON, ZQ", "ECON, %s" } },
  "RU|IQ|YE|VZ|JP|VN|SYR|UAE|PAK|PGOF|POGOV|MOPPS|KNPP|KWAC|KIFR",
  { { "ECON, ZQ", "ECON, RS" } } },
{ "TAG-009", CLASSIFIED, 0, { { "ECON, ZQ", "OVIP (%s), ZQ" } },
  "WREN, ADA|FINCH, TOM|TEAL, IDA|HERON, J. B.", { { "ECON, ZQ",
  "OVIP, ZQ" } } },
{ "TAG-010", CLASSIFIED, 0, { { "JUN 08", "JUN 77" },
  { "PREL, ECON", "PREL, %s" } }, "OVIP|OREP|OTRA|OEXC", { { "JUN 08",
  "JUN 77" }, { "PREL, ECON", "OVIP (WREN, ADA)" } } },
{ "TAG-011", CLASSIFIED, 0, { { "PREL, ECON, ZQ", "%s" } },
  "PREL, ECON|PREL|ECON, KDEM|PREL, UNO", { { "PREL, ECON, ZQ",
  "PREL, ZQ" } } },
{ "TAG-012", CLASSIFIED, 0, { { "PREL, ECON, ZQ", "%s" } },
  "[PREL](#) [ECON](#) [ZQ](#)|[PREL](#), ECON, ZQ|PREL, [ZQ](#)|"
  "[ECON](x) [ZQ](y)", { { "PREL, ECON, ZQ", "PREL, ZQ" } } },
{ "SUB-001", CLASSIFIED, 0,
  { { "SUBJECT: (U) HARBOUR MINISTER ON LIGHTHOUSE DUES\n", "%s" } },
  "|SUBJECT:\n|\n", { { "LIGHTHOUSE DUES", "LIGHTS" } } },
{ "SUB-002", CLASSIFIED, 0, { { "LIGHTHOUSE DUES\n",
  "LIGHTHOUSE DUES\nAND ON THE FERRY\nAND ON %s\nAND ON THE REST\n" } },
  "FISH|SHIPS|LIGHTS|COAL|SALT", { { "LIGHTHOUSE DUES\n",
  "LIGHTHOUSE DUES\nAND ON THE FERRY\n" } } },
{ "SUB-003", CLASSIFIED, 0, { { "LIGHTHOUSE DUES", "%s" } },
  "lighthouse dues|Lighthouse Dues|LIGHTHOUSE shipping|Ships|shipS and fish",
  { { "LIGHTHOUSE DUES", "McARDEN's SHIPs" } } },
{ "SUB-005", CLASSIFIED, 0, { { "SUBJECT:", "%s" } }, "SUBJ:|Subj:|SUBJ :",
  { { "SUBJECT:", "SUBJECT :" } } },
/* references */
{ "REF-001", CLASSIFIED, 0, { { "08 STATE 4411", "%s" } },
  "HARBOUR MATTERS JULY 15|LIGHTS OF 3/6|SHIPS AND DUES|IMSWM-0028",
  { { "08 STATE 4411", "E-MAIL OF JUNE 3" } } },
{ "REF-002", CLASSIFIED, 0, { { "     B. 08 STATE", "     %s. 08 STATE" } },
  "C|D|E|A|F|G|H", { { "4411", "4411 AND 4412" } } },
{ "REF-003", CLASSIFIED, 0, { { "08 KESSELHAVN 12", "KESSELHAVN %z" } }, "A",
  { { "08 KESSELHAVN 12", "07 KESSELHAVN 12" } } },
{ "REF-004", CLASSIFIED, 0, { { "08 STATE 4411", "%s" } },
  "09 STATE 4411|10 STATE 1|08 PORT ARDEN 426|08 PORT ARDEN 900|"
  "09 TAMARIND 3", { { "08 STATE 4411", "08 PORT ARDEN 424" } } },
{ "REF-005", CLASSIFIED, 0, { { "08 STATE 4411", "%s" } },
  "08 PORT ARDEN 425|PORT ARDEN 425|PORT ARDEN 000425|08 PORT ARDEN 000425",
  { { "08 STATE 4411", "07 PORT ARDEN 425" } } },
{ "REF-006", CLASSIFIED, 0, { { "%s", "%s (NOTAL)" } },
  "STATE 4411|KESSELHAVN 12", { { "4411", "4411 (EXDIS)" } } },
{ "REF-007", CLASSIFIED, 0,
  { { "REF: A. 08 KESSELHAVN 12\n     B. 08 STATE 4411\n\n", "" },
  { "The ferry runs", "%s, the ferry runs" } },
  "As in reftel|See reftel|As reftel says|In REFTEL", {
  { "REF: A. 08 KESSELHAVN 12\n     B. 08 STATE 4411\n\n", "" },
  { "The ferry runs", "As in septel, the ferry runs" } } },
/* paragraphs, blocks */
{ "PAR-001", CLASSIFIED, 0, { { "3. (U)", "%s. (U)" } },
  "4|5|6|2|7|8|9|12", { { "3. (U)", "3.  (U)" } } },
{ "PAR-002", UNCLASS, 0, { { "\n2. (U) The fare is four crowns.\n", "" },
  { "runs again on Monday", "%s" } }, "runs|sinks|waits|leaves|comes back",
  { { "\n2. (U) The fare is four crowns.\n", "" }, { "1. (SBU)", "(SBU)" } } },
{ "PAR-007", CLASSIFIED, 0, { { "1. (C) Summary", "1. (%s) Summary" } },
  "C - ENTIRE TEXT|C/NF - ENTIRE TEXT|CONFIDENTIAL - ENTIRE TEXT", {
  { "1. (C) Summary", "1. (C/NF) Summary" } } },
{ "PAR-008", CLASSIFIED, 0, { { "ferry to\nSaint Brannoc pays",
  "ferry to Saint\n\n%s pays" } },
  "which|that|who|as it|and it|but it", { { "much.\n", "much.\n\nwhich\n" } } },
{ "SUM-001", CLASSIFIED, 0, { { "autumn. End summary.", "%s." } },
  "autumn|spring|winter|summer|May|June", { { "End summary", "END SUMMARY" } } },
{ "SUM-002", CLASSIFIED, 0, { { "Summary: The", "The" },
  { "autumn. End summary.", "autumn. %L" } }, "A", { { "End summary",
  "END SUMMARY" } } },
{ "BLK-001", CLASSIFIED, 0, { { "(C/NF) She", "(C/NF) %s: She" } },
  "Comment|COMMENT|Note|NOTE", { { "(C/NF) She told", "(C/NF) Comment: She" },
  { "too much.", "too much. End comment." } } },
{ "ACT-001", CLASSIFIED, 0, { { "The ferry runs again on Monday.",
  "This is an action request. Please see paragraph %s." } }, "1|2|3", {
  { "again on Monday", "again today" } } },
{ "ACT-002", CLASSIFIED, 0, { { "The ferry runs again on Monday.",
  "This is an action request. Please see paragraph %s." } },
  "4|5|6|7|8|9|10|11|12|13|14|18", { { "The ferry runs again on Monday.",
  "This is an action request. Please see paragraph 2." } } },
{ "ACT-003", CLASSIFIED, 0, { { "JUN 08", "JUN %s" },
  { "WASHDC IMMEDIATE", "WASHDC NIACT IMMEDIATE" } },
  "17|18|19|20|21|22|23|24", { { "JUN 08", "JUN 18" },
  { "WASHDC IMMEDIATE", "WASHDC NIACT IMMEDIATE" },
  { "will lower", "cannot wait and will lower" } } },
{ "SIG-001", CLASSIFIED, 0, { { "Monday.\nWREN\n", "%s.\n" } },
  "Monday|Tuesday|Wednesday|Thursday|Friday", { { "Monday.\nWREN",
  "Monday.\n\nWREN" } } },
{ "SIG-002", CLASSIFIED, 0, { { "Monday.\nWREN", "Monday. %s" } }, CAPS,
  { { "Monday.\nWREN", "Monday.\n\nWREN" } } },
{ "TLR-001", CLASSIFIED, 0, { { "WREN\nBT\n", "WREN\n%s\nBT\n" } },
  "CONFIDENTIAL|http://example.invalid/arden|Visit our page|www.example.invalid",
  { { "WREN\nBT", "FINCH\nBT" } } },
/* archive forms, form */
{ "ARC-001", CLASSIFIED, 0, { { "VZCZCMSO0217\nOO RUEHC RUEHKQ\n"
  "DE RUEHPN #0425 1611456\nZNY CCCCC ZZH\nO P 091456Z JUN 08\n"
  "FM AMEMBASSY PORT ARDEN\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 9667\n"
  "INFO RUEHKQ/AMEMBASSY KESSELHAVN PRIORITY 0101\nBT\n",
  "This record is a partial extract of the original cable. The full text of "
  "the original cable is not available.\n%s" } }, "\n|", { { "BT\nC O", "\nC O" } } },
{ "ARC-002", CLASSIFIED, 0, { { "VZCZCMSO0217\nOO RUEHC RUEHKQ\n"
  "DE RUEHPN #0425 1611456\nZNY CCCCC ZZH\n", "ACTION %s\n"
  "INFO  LOG-00   ADS-00   /037 W\n------------------352654  200910Z /23\n" } },
  "NEA-00|AF-01|EUR-02|OES-03", { { "VZCZCMSO0217\nOO RUEHC RUEHKQ\n"
  "DE RUEHPN #0425 1611456\nZNY CCCCC ZZH\n", "" } } },
{ "ARC-003", CLASSIFIED, 0, { { "VZCZCMSO0217\nOO RUEHC RUEHKQ\n"
  "DE RUEHPN #0425 1611456\nZNY CCCCC ZZH\n", "%s" } }, "|\n|\n\n", {
  { "VZCZCMSO0217\n", "" } } },
{ "ARC-004", CLASSIFIED, 0, { { "FM AMEMBASSY PORT ARDEN", "FM %s" },
  { "#0425 161", "#0999 161" } }, POSTS, { { "FM AMEMBASSY PORT ARDEN",
  "FM AMEMBASSY TAMARIND" } } },
{ "FRM-002", "A shopping list.\n\nBread, %s, salt.\n", 0, { { NULL, NULL } },
  "fish|milk|eggs|tea|rice", { { "A shopping list.\n\nBread",
  "FM AMEMBASSY PORT ARDEN\nTO SECSTATE WASHDC\n\n1. (U) Bread" } } },
/* beside others */
{ "FL1-002", TWO, ALL, { { "MSO0217", "MSO02%s" } },
  "18|19|20|21|22|30|40|99", { { "MSO0217", "ABC0300" } } },
{ "FL1-003", TWO, ALL, { { "MSO0217", "MSO0216" }, { "1611456", "%s" } },
  "1611456|1611457|1611500|1611600", { { "9667", "9668" } } },
{ "DTG-004", TWO, ALL, { { "O 091400Z", "O 091456Z" }, { "9667", "%s" } },
  "9667|9668|9669", { { "O 091400Z", "O 091455Z" } } },
{ "MRN-004", TWO, ALL, { { "ARDEN 000424", "ARDEN 000425" },
  { "arrived.", "%s." } }, "arrived|left|slept|spoken", { { "9667", "9668" } } },
{ "MRN-006", TWO, ALL, { { "ARDEN 000424", "ARDEN 000%s" } },
  "423|422|421|410|400|300|123", { { "9667", "9668" } } },
{ "SEC-002", SECTION_1, ALL, { { "01 OF 02", "01 OF %s" } },
  "02|03|04|05|06|07|08|09", { { "SECTION 01 OF 02 ", "" } } },
{ "SEC-003", SECTION_1 SECTION_2, ALL, { { "02 OF 02", "02 OF %s" } },
  "03|04|05|06|07", { { "until Monday", "until Tuesday" } } },
{ "REF-008", TWO, ALL, { { "08 STATE 4411", "%s" } },
  "08 STATE 4411|08 TAMARIND 2|07 PORT ARDEN 9", { { "08 KESSELHAVN 12",
  "08 PORT ARDEN 424" }, { "     B. 08 STATE 4411\n", "" } } },
{ "DUP-001", SECOND SECOND, ALL, { { "Ada Wren", "Ada %s" } }, NAMES, {
  { "ARDEN 000424", "ARDEN 000423" } } },
{ "DUP-002", SECOND SECOND, ALL, { { "arrived.", "%s." },
  { "JUN 08\nFM", "JUN 08 ZFD\nFM" }, { "NNNN\nVZCZCMSO0216\nOO RUEHC\n"
  "DE RUEHPN #0424 1611400\nZNY CCCCC ZZH\n",
  "NNNN\nVZCZCMSO0216\nOO RUEHC\nDE RUEHPN #0424 1611400\n"
  "ZNY CCCCC ZZH ZFD\n" } }, "left|slept|spoken|gone", {
  { "ARDEN 000424", "ARDEN 000423" } } },
{ "DUP-003", SECOND SECOND, ALL, { { "arrived.", "%s." },
  { "NNNN\nVZCZCMSO0216\nOO RUEHC\nDE RUEHPN #0424 1611400\nZNY CCCCC ZZH\n",
  "NNNN\nVZCZCMSO0216\nOO RUEHC\nDE RUEHPN #0424 1611400\n"
  "ZNY CCCCC ZZH ZDS\n" } }, "left|slept|spoken|gone", {
  { "ARDEN 000424", "ARDEN 000423" } } },
{ "MCN-001", TWO, ALL, { { "9667", "%s" } }, "9668|9669|9670|9680|9699|9700",
  { { "O P", "O R" } } },
{ "MCN-002", TWO, ALL, { { "9667", "9666" }, { "1611456", "%s" } },
  "1611456|1611457|1611500", { { "O P", "O R" } } },
};

#endif
