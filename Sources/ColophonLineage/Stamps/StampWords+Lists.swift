extension StampWords {
  /// Qualities: the first word.
  static let qualities = """
    amber ample arctic ashen azure beige blithe bold bonny brave breezy bright brisk broad
    bronze calm candid carved chalky cheery chief chilly civic clean clever cloudy cobalt
    copper coral cosmic cozy crisp curly dainty dapper daring dark deep deft dense dotted
    double downy dreamy dry dusky eager early earthy easy ebony elder equal even exact fabled
    fair famous fancy fast fiery fine firm first flat fleet floral fluent fluffy fond formal
    frank free fresh frosty frugal full funny fuzzy gentle giant gifted gilded glad glassy
    global golden good grand great green happy hardy hasty hazel hazy hearty heavy hidden high
    honest humble hushed icy indigo inland ivory jade jaunty jolly jovial joyful jumbo just
    keen knotty large lavish leafy level light lilac limber linen little lively lofty lone
    loyal lucid lucky lunar lush magic major mellow merry mighty mild minty modern modest
    mossy narrow native navy neat nimble noble novel oaken ocean olive open orange ornate oval
    pale pink placid plain plum polar polite proud pure purple quaint quick quiet rapid rare
    ready red regal rich ripe robust rocky rosy rough round ruby rural russet rustic salty
    sandy secret serene shady sharp shiny short silent silken silver simple single sleek slim
    slow small smart smooth snowy sober soft solid sonic sparse speedy spicy spry stable
    starry steady steep still stormy strong sturdy subtle sugary sunlit supple sweet swift
    tall tame tangy tawny tender thick tidal tidy topaz trim true trusty unique upbeat urban
    velvet vernal violet vital vivid warm wide windy wintry wiry witty wooden zesty
    """

  /// Animals: the second word.
  static let animals = """
    adder alpaca ant avocet baboon badger barbel bat beagle bear beaver bee beetle bison
    bittern bobcat bonobo borzoi bream budgie buffalo bunting buzzard caiman camel canary
    caracal caribou carp catfish cheetah cicada civet clam cobra cockle collie condor conger
    coot corgi cougar coyote crab crane cricket curlew dace dingo dipper dolphin donkey drake
    drongo duck dugong dunlin earwig echidna eel egret eider eland elk emu ermine falcon fawn
    ferret finch firefly foal fox frog fulmar gadfly gander gannet gazelle gecko gerbil gibbon
    giraffe goat goose gopher gorilla grebe grouse guanaco gull guppy haddock halibut hamster
    hare harrier hawk heron herring hippo hoopoe hornet horse hound husky hyena ibex ibis
    iguana impala jackal jackdaw jaguar jay jerboa kakapo kestrel kite kitten kiwi koala koi
    kudu lamb lamprey lapwing lark lemming lemur leopard limpet linnet lion lizard llama
    lobster locust loris lynx macaque macaw magpie mallard mammoth manatee mantis marlin
    marmot marten mastiff meerkat midge mink minnow mole moth mouse mullet muskrat mussel
    narwhal newt numbat ocelot octopus okapi oriole oryx osprey ostrich otter owl oyster panda
    panther parrot peacock pelican penguin petrel pigeon pika pipit plover polecat pony poodle
    possum prawn puffin puma quail quokka rabbit raccoon raven rhino robin rook rooster salmon
    sardine scallop seal serval shark sheep shrew shrike shrimp skink skua skylark sloth snail
    snake snipe sparrow spider sponge squid stag stoat stork swallow swan tapir tarpon tern
    terrier thrush tiger toad toucan trout tuna turkey turtle urchin viper vulture walrus wasp
    weasel weevil weta whale whelk wolf wombat worm wren yak zebra zebu
    """

  /// Places and things: the third word.
  static let places = """
    abbey acorn alcove alley almond anchor anvil apple arbor arch archway arena arrow aspen
    atlas atoll attic avenue bakery balcony bamboo bank banner barge barn barrel basin basket
    bay bazaar beach beacon beam bell birch blossom boat bonfire book boulder bower bramble
    branch brick bridge bucket burrow bush cabin cactus cairn canal candle canoe canopy canyon
    cape caravan cargo carpet cart cascade castle cavern cedar cellar chalet channel chapel
    cherry chest chimney church circle citadel clay cliff clock cloud clover coast comet
    compass copse corner cove cradle crater creek crown cupola dale dawn delta depot desert
    dome door drift dune dusk echo eddy elm ember estate farm fern ferry field fjord flag
    flame flint flower forest forge fort gable garden garnet gate geyser glade glen grotto
    grove gulf gully hall hamlet haven hearth hedge hive holly hotel house hut inlet island
    ivy jetty jungle kiln knoll ladder lagoon lake laurel leaf lily lodge loft loom maple
    marble market marsh maze meadow mesa meteor mill mirror moon mosaic moss museum nest oak
    oasis orbit palace palm pantry park parlor path peak pebble pier pillar pine plains planet
    plaza pond poplar porch prism quarry quartz quill rafter rain rapids ravine reed river
    road rock roof rose saddle sail sand sea shed shelf shore shrine signal sky slope snow
    spire spring spruce stairs star steppe stone strait stream street summit sunset swamp
    temple tent throne tide timber trail tram tree trench tulip tundra tunnel turret vault
    wagon walnut wave wharf wheat wheel willow window winter wood yard yew zenith
    """
}
