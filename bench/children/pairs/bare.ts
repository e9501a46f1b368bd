import { synthesizeBarePairs } from "../../bare-pairs";
import { generatePairs } from "../../generate-pairs";
import { probe } from "../../probe";

probe(generatePairs, (fleet, folder) => () => synthesizeBarePairs(fleet, folder));
